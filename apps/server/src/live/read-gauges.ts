import type { LiveGauges } from "@headcount/contract/live/gauge-schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { readScales } from "./read-scales.ts";
import { readState } from "./read-state.ts";
import { readWindows } from "./read-windows.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** All gauges but the one that asks for somebody's midnight. */
export type SharedGauges = Omit<LiveGauges, "issuesClosedToday">;

/**
 * The gauges. Their windows end with the second that is running, so that what has just been booked
 * is in them, and both ends lie on whole seconds, so that the books can be asked for the same.
 */
export async function readGauges(ctx: WorkspaceContext): Promise<SharedGauges> {
  const nowMs = ctx.now.getTime();
  const toMs = Math.floor(nowMs / secondMs) * secondMs + secondMs;
  const [windows, state, scales, sample] = await Promise.all([
    readWindows(ctx, toMs, [minuteMs, 5 * minuteMs, 60 * minuteMs]),
    readState(ctx),
    readScales(ctx),
    readLastSample(ctx),
  ]);
  const [oneMinute, fiveMinutes, oneHour] = windows;
  if (!oneMinute || !fiveMinutes || !oneHour) throw new Error("There is a window for each length");
  const isOnTime = sample !== null && sample.sampledAt.getTime() + sample.holdsMs >= nowMs;
  return {
    oneMinute,
    fiveMinutes,
    oneHour,
    state,
    scales,
    sampledAt: sample?.sampledAt.toISOString() ?? null,
    sampling: isOnTime ? "on_time" : "late",
  };
}

async function readLastSample({
  sql,
  workspaceId,
}: WorkspaceContext): Promise<{ sampledAt: Date; holdsMs: number } | null> {
  const [row] = await sql<{ sampledAt: Date; holdsMs: number }[]>`
    select sampled_at, holds_ms from live_samples
    where workspace_id = ${workspaceId} order by sampled_at desc limit 1`;
  return row ?? null;
}
