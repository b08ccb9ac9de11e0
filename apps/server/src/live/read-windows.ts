import type { LiveWindow } from "@headcount/contract/live/gauge-schemas";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import {
  figureOf,
  figuresOf,
  type Measured,
  nothing,
} from "@headcount/domain/usage/query/measures";
import { summarise, summaryFigures } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../platform/context.ts";
import { readStretches } from "../usage/query/read-stretches.ts";
import { type LineSums, noLines, readLines } from "./read-lines.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

const figures = [
  ...new Set([...summaryFigures, ...figuresOf(["cost", "notional", "tasks", "failures"])]),
];

/**
 * What the books hold of the last moments, and the lines that were changed in them, for several
 * lengths at once.
 */
export async function readWindows(
  ctx: Ctx,
  toMs: number,
  lengthsMs: readonly number[],
): Promise<readonly LiveWindow[]> {
  const ranges = lengthsMs.map((lengthMs) => ({ fromMs: toMs - lengthMs, toMs }));
  const [measured, lines] = await Promise.all([
    readStretches(ctx, ranges, figures),
    readLines(ctx, ranges),
  ]);
  return ranges.map((range, at) => toWindow(range, measured[at] ?? nothing, lines[at] ?? noLines));
}

function toWindow(range: TimeRange, measured: Measured, lines: LineSums): LiveWindow {
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
