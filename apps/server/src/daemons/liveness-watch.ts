import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { noteSweep } from "./store.ts";

/** A pause of the sweeps longer than this means that nobody was there to hear heartbeats. */
const longestGapMs = 90_000;

/**
 * Notes that heartbeats are being watched. @returns whether they have been, without a gap, for as
 * long as a machine may be silent; before that nobody is judged.
 */
export async function watchLiveness(ctx: WorkspaceContext): Promise<boolean> {
  const gap = new Date(ctx.now.getTime() - longestGapMs);
  const watchingSince = await noteSweep(ctx, gap);
  return hasWatchedLongEnough(ctx.now, watchingSince);
}

function hasWatchedLongEnough(now: Date, since: Date): boolean {
  return now.getTime() - since.getTime() >= minimumSilenceMs;
}
