import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { deleteOldClaims } from "./store-claims.ts";
import { deleteOldMessages } from "./store-messages.ts";
import { deleteOldTaskStops } from "./store-task-stops.ts";
import { deleteEndedTaskTokens } from "./store-task-tokens.ts";

const dayMs = 24 * 60 * 60_000;
/** Machines deliver what they have to say about a claimed task for at most this long. */
const longestOutboxMs = 15 * dayMs;
/** A machine repeats a claim whose answer it did not get for far less than this. */
const longestRepeatMs = dayMs;
/** A machine that was away this long has lost its runs, whoever wanted them to stop. */
const longestStopMs = 30 * dayMs;
/** Raw transcript rows are kept this long after the end of their run. */
const transcriptRetentionMs = 180 * dayMs;
const mostTasksPerRun = 200;

/** Removes what nobody can ask for any more. */
export const cleanUpTasks: Job = {
  name: "tasks.clean-up",
  everySeconds: 3_600,
  scope: "workspace",
  run: cleanUp,
};

async function cleanUp(ctx: WorkspaceContext): Promise<void> {
  const before = (ms: number): Date => new Date(ctx.now.getTime() - ms);
  await deleteEndedTaskTokens(ctx);
  await deleteOldClaims(ctx, {
    before: before(longestOutboxMs),
    emptyBefore: before(longestRepeatMs),
  });
  await deleteOldTaskStops(ctx, before(longestStopMs));
  await deleteOldMessages(ctx, before(transcriptRetentionMs), mostTasksPerRun);
}
