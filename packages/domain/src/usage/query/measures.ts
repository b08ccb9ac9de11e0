import type { UsageFigure, UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import { formatUsd } from "../money.ts";
import { toTokenCount } from "../token-counts.ts";

/**
 * What is summed over the ledger and over the tasks, by the name of its column; `tokens`,
 * `cache_write` and `tasks` are sums of several columns.
 */
export type FigureName =
  | "tokens"
  | "cache_write"
  | "tasks"
  | "events"
  | "input"
  | "cache_read"
  | "cache_write_5m"
  | "cache_write_1h"
  | "output"
  | "reasoning"
  | "cost_pico"
  | "notional_pico"
  | "cache_saved_pico"
  | "priced_events"
  | "unpriced_tokens"
  | "tasks_started"
  | "tasks_done"
  | "tasks_no_response"
  | "tasks_needs_input"
  | "tasks_failed"
  | "tasks_cancelled"
  | "run_ms"
  | "queue_ms"
  | "waiting_ms"
  | "lines_added"
  | "lines_deleted"
  | "files_changed";

/** Sums of some part of the books; a figure that is not there is zero. */
export type FigureSums = Readonly<Partial<Record<FigureName, bigint>>>;

/** Sums, and which agents used anything. */
export type Measured = { readonly sums: FigureSums; readonly agents: ReadonlySet<string> };

export const nothing: Measured = { sums: {}, agents: new Set() };

type Measure = { readonly figure: FigureName; readonly form: "count" | "usd" };

const count = (figure: FigureName): Measure => ({ figure, form: "count" });
const usd = (figure: FigureName): Measure => ({ figure, form: "usd" });

const measures: Readonly<Record<Exclude<UsageMetric, "active_agents">, Measure>> = {
  tokens: count("tokens"),
  input: count("input"),
  cache_read: count("cache_read"),
  cache_write: count("cache_write"),
  cache_write_5m: count("cache_write_5m"),
  cache_write_1h: count("cache_write_1h"),
  output: count("output"),
  reasoning: count("reasoning"),
  events: count("events"),
  cost: usd("cost_pico"),
  notional: usd("notional_pico"),
  cache_savings: usd("cache_saved_pico"),
  unpriced_tokens: count("unpriced_tokens"),
  tasks: count("tasks"),
  tasks_started: count("tasks_started"),
  tasks_done: count("tasks_done"),
  tasks_no_response: count("tasks_no_response"),
  tasks_needs_input: count("tasks_needs_input"),
  tasks_failed: count("tasks_failed"),
  tasks_cancelled: count("tasks_cancelled"),
  failures: count("tasks_failed"),
  run_time: count("run_ms"),
  queue_time: count("queue_ms"),
  waiting_time: count("waiting_ms"),
  lines_added: count("lines_added"),
  lines_deleted: count("lines_deleted"),
  files_changed: count("files_changed"),
};

/** The figures that a metric is made of, with those that say whether it has a price. */
export function figuresOf(metrics: readonly UsageMetric[]): readonly FigureName[] {
  const names = metrics.flatMap((metric): readonly FigureName[] => {
    if (metric === "active_agents") return ["events"];
    const { figure, form } = measures[metric];
    return form === "usd" ? [figure, "events", "priced_events"] : [figure];
  });
  return [...new Set(names)];
}

/** The figure that a metric shows; null where it is no sum. */
export function figureNameOf(metric: UsageMetric): FigureName | null {
  return metric === "active_agents" ? null : measures[metric].figure;
}

/** A metric as a whole number of its unit (tokens, pico-dollars, milliseconds …), for comparing. */
export function amountOf(metric: UsageMetric, { sums, agents }: Measured): bigint {
  if (metric === "active_agents") return BigInt(agents.size);
  return sums[measures[metric].figure] ?? 0n;
}

/** A metric as the API shows it; null is money for usage of which nothing has a price. */
export function figureOf(metric: UsageMetric, measured: Measured): UsageFigure {
  const amount = amountOf(metric, measured);
  if (metric === "active_agents" || measures[metric].form === "count") return countOf(amount);
  const { events = 0n, priced_events: priced = 0n } = measured.sums;
  return events > 0n && priced === 0n ? null : formatUsd(amount);
}

function countOf(amount: bigint): number | string {
  return amount < 0n ? formatNegative(amount) : toTokenCount(amount);
}

function formatNegative(amount: bigint): number | string {
  return amount >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(amount) : amount.toString();
}

/** Several metrics as the API shows them. */
export function figuresFor(metrics: readonly UsageMetric[], measured: Measured): UsageFigures {
  return Object.fromEntries(metrics.map((metric) => [metric, figureOf(metric, measured)]));
}

/** All of them together. An agent counts once. */
export function sumMeasured(parts: Iterable<Measured>): Measured {
  const sums: Partial<Record<FigureName, bigint>> = {};
  const agents = new Set<string>();
  for (const part of parts) {
    for (const [name, amount] of Object.entries(part.sums) as [FigureName, bigint][]) {
      sums[name] = (sums[name] ?? 0n) + amount;
    }
    for (const agent of part.agents) agents.add(agent);
  }
  return { sums, agents };
}
