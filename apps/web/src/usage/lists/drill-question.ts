import { escapeListValue, type UsageMetric } from "@headcount/contract/usage/query-words";
import type { UsageDrill, UsageMeasure } from "../usage-search.ts";
import type { UsageQuestion } from "../usage-view.ts";
import type { MoneyMetric } from "./board-columns.ts";

export type DrillQuestion = UsageQuestion & {
  readonly metrics: string;
  readonly order: string;
};

/** What is asked for the tasks behind something: the page's question, narrowed to it. */
export function drillQuestion(
  question: UsageQuestion,
  drill: UsageDrill,
  shown: Shown,
): DrillQuestion {
  const { days, from, to, ...rest } = question;
  const range =
    drill.from === undefined && drill.to === undefined
      ? { ...(days !== undefined && { days }), ...(from && { from }), ...(to && { to }) }
      : { ...(drill.from && { from: drill.from }), ...(drill.to && { to: drill.to }) };
  const filters = drill.of.map(({ by, kind, value }) => [by, wordOf(kind, value)] as const);
  const metrics = drillMetrics(drill, shown);
  return {
    ...rest,
    ...range,
    ...Object.fromEntries(filters),
    metrics: metrics.join(","),
    order: `-${metrics[0]}`,
  };
}

type Shown = { readonly measure: UsageMeasure; readonly money: MoneyMetric };

/**
 * What the list shows of each task, what it is sorted by first. Failures know no tokens, so theirs
 * are counted instead.
 */
export function drillMetrics(drill: UsageDrill, { measure, money }: Shown): readonly UsageMetric[] {
  if (measure === "errors" || drill.of.some(({ by }) => by === "failure_class")) {
    return ["failures", "run_time"];
  }
  const first = { tokens: "tokens", cost: money, time: "run_time", tasks: "tasks" } as const;
  return [...new Set([first[measure], money, "tokens", "run_time"] as const)].slice(0, mostFigures);
}

const mostFigures = 3;

type Kind = UsageDrill["of"][number]["kind"];

/** The filter word of one thing that is looked at. */
function wordOf(kind: Kind, value: string | null): string {
  if (kind === "private") return "private";
  return kind === "none" || kind === "unmanaged" || value === null
    ? "none"
    : escapeListValue(value);
}
