import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import { summaryFigures } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { Filter, Question } from "./question.ts";
import { refuseRange } from "./refuse-range.ts";

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
  const zone = canonicalZone(period.tz);
  const bucket = groupBy.includes("time") ? "day" : null;
  const range = resolveRange({ zone, bucket, nowMs: ctx.now.getTime(), days: period.days });
  if (!range.ok) throw refuseRange(range.reason, bucket);
  return {
    range: range.value,
    zone,
    bucket,
    groupBy,
    filters: period.filters,
    figures: [...summaryFigures, "tasks", "run_ms"],
    agents: "untold",
    top: null,
  };
}
