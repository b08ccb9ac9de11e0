import type { LiveWindow } from "@headcount/contract/live/gauge-schemas";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { figureOf, figuresOf } from "@headcount/domain/usage/query/measures";
import { summarise, summaryFigures } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../platform/context.ts";
import { readGroups } from "../usage/query/read-groups.ts";
import { sumGroups } from "../usage/query/sum-groups.ts";
import { readLines } from "./read-lines.ts";

/**
 * What the books hold of a stretch of time, read by the engine that answers `usage.query`, and the
 * lines that were changed in it.
 */
export async function readWindow(ctx: WorkspaceContext, range: TimeRange): Promise<LiveWindow> {
  const [groups, lines] = await Promise.all([
    readGroups(ctx, {
      range,
      zone: "UTC",
      groupBy: [],
      bucket: null,
      filters: [],
      figures: [
        ...new Set([...summaryFigures, ...figuresOf(["cost", "notional", "tasks", "failures"])]),
      ],
      agents: "untold",
      top: null,
    }),
    readLines(ctx, range),
  ]);
  const measured = sumGroups(groups);
  const { tokens, unpricedTokens } = summarise(measured.sums);
  // Money is a decimal string or null, never a count.
  const money = (metric: "cost" | "notional"): string | null =>
    figureOf(metric, measured) as string | null;
  return {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    seconds: (range.toMs - range.fromMs) / 1_000,
    tokens,
    costUsd: money("cost"),
    notionalUsd: money("notional"),
    unpricedTokens,
    tasksEnded: Number(figureOf("tasks", measured)),
    tasksFailed: Number(figureOf("failures", measured)),
    ...lines,
  };
}
