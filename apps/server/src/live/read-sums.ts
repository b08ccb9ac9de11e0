import type { LiveSum } from "@headcount/contract/live/words";
import type { UsageFigure } from "@headcount/contract/usage/query-schemas";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { figureOf, figuresOf, nothing } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Question } from "../usage/query/question.ts";
import { readGroups } from "../usage/query/read-groups.ts";
import { sumGroups } from "../usage/query/sum-groups.ts";

type Ctx = Parameters<typeof readGroups>[0];

export type SumSeries = {
  readonly metric: LiveSum;
  readonly values: readonly UsageFigure[];
  readonly total: UsageFigure;
};

type Wanted = {
  readonly metrics: readonly LiveSum[];
  /** The last buckets of the range, or all of them. */
  readonly slots: readonly TimeSlot[];
};

/**
 * Figures of the books per bucket, from the engine that answers `usage.query`, and their sums over
 * the whole range. What has not begun yet is not known.
 */
export async function readSums(
  ctx: Ctx & Pick<WorkspaceContext, "now">,
  asked: Pick<Question, "range" | "zone" | "bucket" | "filters">,
  { metrics, slots }: Wanted,
): Promise<readonly SumSeries[]> {
  if (metrics.length === 0) return [];
  const question: Question = {
    ...asked,
    groupBy: ["time"],
    figures: figuresOf(metrics),
    agents: "untold",
    top: null,
  };
  const fromMs = slots[0]?.startsAtMs ?? asked.range.toMs;
  const isWhole = fromMs === asked.range.fromMs;
  const range = { ...asked.range, fromMs };
  const [groups, all] = await Promise.all([
    slots.length === 0 ? [] : readGroups(ctx, { ...question, range }),
    isWhole ? null : readGroups(ctx, { ...question, groupBy: [], bucket: null }),
  ]);
  const measuredAt = new Map(groups.map(({ keys, measured }) => [keys[0]?.value, measured]));
  const places = slots.map(({ startsAtMs }) =>
    startsAtMs > ctx.now.getTime()
      ? null
      : (measuredAt.get(new Date(startsAtMs).toISOString()) ?? nothing),
  );
  const total = sumGroups(all ?? groups);
  return metrics.map((metric) => ({
    metric,
    values: places.map((measured) => measured && figureOf(metric, measured)),
    total: figureOf(metric, total),
  }));
}
