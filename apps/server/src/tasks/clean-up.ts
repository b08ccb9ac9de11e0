import type { Job } from "../platform/jobs.ts";
import { deleteOutdated } from "./store.ts";

/** Machines deliver what they have to say about a claimed task for at most this long. */
const longestOutboxMs = 15 * 24 * 60 * 60_000;
/** A machine repeats a claim whose answer it did not get for far less than this. */
const longestRepeatMs = 24 * 60 * 60_000;

export const cleanUpTasks: Job = {
  name: "tasks.clean-up",
  everySeconds: 3_600,
  scope: "workspace",
  run: (ctx) => {
    const before = (ms: number): Date => new Date(ctx.now.getTime() - ms);
    return deleteOutdated(ctx, {
      claimsBefore: before(longestOutboxMs),
      emptyClaimsBefore: before(longestRepeatMs),
    });
  },
};
