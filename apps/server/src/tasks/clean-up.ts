import type { Job } from "../platform/jobs.ts";
import { deleteOutdated } from "./store.ts";

/** Machines deliver what they have to say about a claimed task for at most this long. */
const longestOutboxMs = 15 * 24 * 60 * 60_000;

export const cleanUpTasks: Job = {
  name: "tasks.clean-up",
  everySeconds: 3_600,
  scope: "workspace",
  run: (ctx) => deleteOutdated(ctx, new Date(ctx.now.getTime() - longestOutboxMs)),
};
