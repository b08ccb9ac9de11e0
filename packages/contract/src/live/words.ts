/** Added up over a bucket; read from the books, and equal to what `usage.query` says of the bucket. */
export const liveSums = [
  "tokens",
  "input",
  "cache_read",
  "cache_write",
  "output",
  "cost",
  "notional",
  "unpriced_tokens",
  "tasks",
  "failures",
] as const;
export type LiveSum = (typeof liveSums)[number];

/** What was there at a moment; looked at every few seconds, and averaged over a bucket. */
export const liveLevels = [
  "running_tasks",
  "active_agents",
  "capacity",
  "queue_depth",
  "open_issues",
] as const;
export type LiveLevel = (typeof liveLevels)[number];

/** Lines by which work directories have changed from one look to the next, added up over a bucket. */
export const liveChanges = ["lines_added", "lines_deleted"] as const;
export type LiveChange = (typeof liveChanges)[number];

export const liveMetrics = [...liveSums, ...liveLevels, ...liveChanges] as const;
export type LiveMetric = (typeof liveMetrics)[number];

/** Another stretch of time to lay over a series. `weekday` is the same weekdays of an earlier week. */
export const liveComparisons = ["previous", "weekday"] as const;
export type LiveComparison = (typeof liveComparisons)[number];

/** What happened beside the figures. */
export const liveMarkKinds = [
  "task_started",
  "task_ended",
  "price_changed",
  "budget_changed",
  "daemon_lost",
  "daemon_back",
] as const;
export type LiveMarkKind = (typeof liveMarkKinds)[number];
