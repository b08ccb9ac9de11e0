import type { LiveScales } from "@headcount/contract/live/gauge-schemas";
import type { WorkspaceContext } from "../platform/context.ts";

const picoPerUsd = 1e12;
const minutesPerHour = 60;

type ScalesRow = {
  knownSince: Date | null;
  tokensPerMinute: number | null;
  costPicoPerMinute: number | null;
  notionalPicoPerMinute: number | null;
  linesPerMinute: number | null;
  runningTasks: number | null;
  queueDepth: number | null;
};

/** Where the busy moments of the last 7 days lie, in the units of the gauges. */
export async function readScales({
  sql,
  workspaceId,
}: Pick<WorkspaceContext, "sql" | "workspaceId">): Promise<LiveScales> {
  const [row] = await sql<ScalesRow[]>`
    select known_since, tokens_per_minute, cost_pico_per_minute, notional_pico_per_minute,
      lines_per_minute, running_tasks, queue_depth
    from live_scales where workspace_id = ${workspaceId}`;
  return {
    tokensPerMinute: row?.tokensPerMinute ?? null,
    costPerHourUsd: perHour(row?.costPicoPerMinute, picoPerUsd),
    notionalPerHourUsd: perHour(row?.notionalPicoPerMinute, picoPerUsd),
    linesPerHour: perHour(row?.linesPerMinute, 1),
    runningTasks: row?.runningTasks ?? null,
    queueDepth: row?.queueDepth ?? null,
    since: row?.knownSince?.toISOString() ?? null,
  };
}

function perHour(perMinute: number | null | undefined, unit: number): number | null {
  return perMinute === null || perMinute === undefined ? null : (perMinute * minutesPerHour) / unit;
}
