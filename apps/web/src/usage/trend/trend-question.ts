import type { UsageGrouping, UsageMetric } from "@headcount/contract/usage/query-words";
import type { UsageMeasure, UsageSearch, UsageStack } from "../usage-search.ts";

/** How a measure and what it is stacked by are asked of the books. */
export type TrendQuestion = {
  /** What is drawn; with several of them each is a series. */
  readonly metrics: readonly UsageMetric[];
  /** The second grouping, beside time; null where the metrics are the series. */
  readonly by: Exclude<UsageGrouping, "time"> | null;
};

const kindsOf: Readonly<Record<UsageMeasure, TrendQuestion | null>> = {
  tokens: { metrics: ["input", "cache_read", "cache_write", "output"], by: null },
  cost: null,
  time: { metrics: ["run_time", "waiting_time", "queue_time"], by: null },
  tasks: {
    metrics: [
      "tasks_done",
      "tasks_needs_input",
      "tasks_no_response",
      "tasks_failed",
      "tasks_cancelled",
    ],
    by: null,
  },
  errors: { metrics: ["failures"], by: "failure_class" },
};

/** What a measure can be stacked by; cost is not booked per class of tokens. */
export function stacksFor(measure: UsageMeasure): readonly UsageStack[] {
  const common = ["model", "agent", "project"] as const;
  return kindsOf[measure] === null ? common : [...common, "kind"];
}

/** The stack that is drawn: the wanted one where the measure has it. */
export function stackOf({ stack = "model" }: UsageSearch, measure: UsageMeasure): UsageStack {
  return stacksFor(measure).includes(stack) ? stack : "model";
}

export function trendQuestion(search: UsageSearch): TrendQuestion {
  const measure = search.measure ?? "tokens";
  const stack = stackOf(search, measure);
  const kinds = stack === "kind" ? kindsOf[measure] : null;
  if (kinds !== null) return kinds;
  return { metrics: [metricOf(measure, search.money)], by: stack === "kind" ? "model" : stack };
}

/** The one metric of a measure. */
export function metricOf(measure: UsageMeasure, money: UsageSearch["money"]): UsageMetric {
  switch (measure) {
    case "tokens":
      return "tokens";
    case "cost":
      return money === "notional" ? "notional" : "cost";
    case "time":
      return "run_time";
    case "tasks":
      return "tasks";
    case "errors":
      return "failures";
  }
}
