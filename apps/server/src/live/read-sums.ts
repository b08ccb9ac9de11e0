import type { LiveSum } from "@headcount/contract/live/words";
import type { UsageFigure } from "@headcount/contract/usage/query-schemas";
import { figureOf, figuresOf, nothing } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Question } from "../usage/query/question.ts";
import { readGroups, slotsOf } from "../usage/query/read-groups.ts";
import { sumGroups } from "../usage/query/sum-groups.ts";

type Ctx = Parameters<typeof readGroups>[0];

export type SumSeries = {
  readonly metric: LiveSum;
  readonly values: readonly UsageFigure[];
  readonly total: UsageFigure;
};

/**
 * Figures of the books per bucket, from the engine that answers `usage.query`. What has not begun
 * yet is not known.
 */
export async function readSums(
  ctx: Ctx & Pick<WorkspaceContext, "now">,
  asked: Pick<Question, "range" | "zone" | "bucket" | "filters">,
  metrics: readonly LiveSum[],
): Promise<readonly SumSeries[]> {
  if (metrics.length === 0) return [];
  const question: Question = {
    ...asked,
    groupBy: ["time"],
    figures: figuresOf(metrics),
    agents: "untold",
    top: null,
  };
  const groups = await readGroups(ctx, question);
  const measuredAt = new Map(groups.map(({ keys, measured }) => [keys[0]?.value, measured]));
  const places = slotsOf(question).map(({ startsAtMs }) =>
    startsAtMs > ctx.now.getTime()
      ? null
      : (measuredAt.get(new Date(startsAtMs).toISOString()) ?? nothing),
  );
  const total = sumGroups(groups);
  return metrics.map((metric) => ({
    metric,
    values: places.map((measured) => measured && figureOf(metric, measured)),
    total: figureOf(metric, total),
  }));
}
