/** What usage can be told apart by, besides time. */
export const usageDimensions = [
  "agent",
  "project",
  "runtime",
  "member",
  "provider",
  "model",
  "issue",
  "role",
  "failure_class",
] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** `time` cuts into buckets; `hour` is the hour of the day (0–23), `weekday` 1 (Monday) to 7. */
export const usageGroupings = ["time", "hour", "weekday", ...usageDimensions] as const;
export type UsageGrouping = (typeof usageGroupings)[number];

/** Width of the rows of a grouping by `time`; `hour` and wider follow the clock of the asked zone. */
export const usageBuckets = [
  "1s",
  "10s",
  "1min",
  "5min",
  "15min",
  "hour",
  "day",
  "week",
  "month",
] as const;
export type UsageBucket = (typeof usageBuckets)[number];

/**
 * `tokens` is the sum of its disjoint classes; `reasoning` is a part of `output`. `cost` is what is
 * billed, `notional` the list price of subscription usage: the two are never added. Times are
 * milliseconds. A task is counted once, where it ended (`tasks_started`: where it started).
 */
export const usageMetrics = [
  "tokens",
  "input",
  "cache_read",
  "cache_write",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "events",
  "cost",
  "notional",
  "cache_savings",
  "unpriced_tokens",
  "tasks",
  "tasks_started",
  "tasks_done",
  "tasks_no_response",
  "tasks_needs_input",
  "tasks_failed",
  "tasks_cancelled",
  "failures",
  "run_time",
  "queue_time",
  "waiting_time",
  "lines_added",
  "lines_deleted",
  "files_changed",
  "active_agents",
] as const;
export type UsageMetric = (typeof usageMetrics)[number];

/** One value as it goes into a comma-separated list. */
export function escapeListValue(value: string): string {
  return value.replaceAll(/[\\,]/g, (mark) => `\\${mark}`);
}
