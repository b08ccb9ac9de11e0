import { daemon } from "@headcount/contract/daemon/routes";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import { announceRuntimes } from "../runtimes/announce-runtimes.ts";
import { getWorkspace } from "../workspaces/read-workspace.ts";
import { assertOwnerBelongs, daemonOf, inWorkspaceAsDaemon, sane } from "./as-daemon.ts";
import { updateDaemonFacts, writeLiveness } from "./store.ts";

/** Takes over what a machine can run in one workspace. Repeating it changes nothing. */
export const registerRuntimes = globalHandler(daemon.register, async (ctx, received) => {
  const input = sane(received);
  const { daemonId } = daemonOf(ctx);
  if (input.identity.daemonId !== daemonId) {
    throw new AppError("forbidden", "The token belongs to another machine. Enrol again.", {
      reason: "daemon.identity_mismatch",
    });
  }
  await updateDaemonFacts(ctx.sql, input.identity);
  const reply = await inWorkspaceAsDaemon(ctx, input.workspaceId, async (workspaceCtx) => {
    const ownerId = await assertOwnerBelongs(workspaceCtx);
    const announced = await announceRuntimes(workspaceCtx, {
      daemonId,
      ownerId,
      identity: input.identity,
      runtimes: input.runtimes,
    });
    if ("servedMachine" in announced) return announced;
    await writeLiveness(workspaceCtx, daemonId, {
      slots: input.slots,
      outbox: { depth: 0, oldestAgeMs: 0 },
      machineProblem: null,
    });
    const { repositories } = await getWorkspace(workspaceCtx.sql, workspaceCtx.workspaceId);
    const runtimes = announced.runtimes.map(({ id, cli }) => ({ id, cli }));
    return { runtimes, repositories };
  });
  // What was learnt about the machine stays, also when this daemon does not get it.
  if ("servedMachine" in reply) throw machineServed(reply.servedMachine);
  return reply;
});

function machineServed(machineName: string): AppError {
  return new AppError(
    "conflict",
    `Another daemon on ${machineName} serves this workspace. Stop it, and this one takes over.`,
    { reason: "daemon.machine_served" },
  );
}
