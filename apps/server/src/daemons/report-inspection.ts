import { daemon } from "@headcount/contract/daemon/routes";
import { globalHandler } from "../platform/command.ts";
import { takeInspection } from "../runtimes/take-inspection.ts";
import { assertOwnerBelongs, daemonOf, inWorkspaceAsDaemon, sane } from "./as-daemon.ts";

export const reportInspection = globalHandler(daemon.reportInspection, async (ctx, received) => {
  const { runtimeId, workspaceId, inspection } = sane(received);
  const { daemonId } = daemonOf(ctx);
  await inWorkspaceAsDaemon(ctx, workspaceId, async (workspaceCtx) => {
    await assertOwnerBelongs(workspaceCtx);
    await takeInspection(workspaceCtx, { daemonId, id: runtimeId }, inspection);
  });
  return {};
});
