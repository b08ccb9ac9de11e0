import { daemon } from "@headcount/contract/daemon/routes";
import { globalHandler } from "../platform/command.ts";
import { giveBackTask } from "../tasks/give-back-task.ts";
import { startTask } from "../tasks/start-task.ts";
import { waitForDirectory } from "../tasks/wait-for-directory.ts";
import { inWorkspaceAsDaemon, sane } from "./as-daemon.ts";

export const startTaskStep = globalHandler(daemon.start, async (ctx, input) => {
  const startedAt = await inWorkspaceAsDaemon(ctx, input.workspaceId, (workspaceCtx) =>
    startTask(workspaceCtx, sane(input)),
  );
  return { startedAt: startedAt.toISOString() };
});

export const waitForDirectoryStep = globalHandler(daemon.waiting, async (ctx, input) => {
  await inWorkspaceAsDaemon(ctx, input.workspaceId, (workspaceCtx) =>
    waitForDirectory(workspaceCtx, sane(input)),
  );
  return {};
});

export const giveBackTaskStep = globalHandler(daemon.giveBack, async (ctx, input) => {
  await inWorkspaceAsDaemon(ctx, input.workspaceId, (workspaceCtx) =>
    giveBackTask(workspaceCtx, sane(input)),
  );
  return {};
});
