import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import { summaryFigures } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "./asked-range.ts";
import type { Filter, Question } from "./question.ts";

export type Period = {
  /** Whole local days including today. */
  readonly days: number;
  readonly tz: string;
  readonly filters: readonly Filter[];
};

/** Everything that a view of usage shows of a period, by some groupings. */
export function periodQuestion(
  ctx: Pick<WorkspaceContext, "now">,
  period: Period,
  groupBy: readonly UsageGrouping[],
): Question {
  const bucket = groupBy.includes("time") ? "day" : null;
  return {
    ...askedRange(ctx, { tz: period.tz, days: period.days }, bucket),
    bucket,
    groupBy,
    filters: period.filters,
    figures: [...summaryFigures, "tasks", "run_ms"],
    agents: "untold",
    top: null,
  };
}
