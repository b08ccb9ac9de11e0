import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { keptSince } from "./kept-since.ts";
import { moveToQuarters } from "./store.ts";

/** Makes quarters of an hour of what is older than a week. */
export const keepSamples: Job = {
  name: "live.keep-samples",
  everySeconds: 900,
  scope: "workspace",
  run: (ctx: WorkspaceContext) => moveToQuarters(ctx, keptSince(ctx.now)),
};
