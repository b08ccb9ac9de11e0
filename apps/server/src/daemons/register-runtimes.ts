import { daemon } from "@headcount/contract/daemon/routes";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { getWorkspace } from "../workspaces/read-workspace.ts";
import { assertOwnerBelongs, daemonOf, inWorkspaceAsDaemon, sane } from "./as-daemon.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { readMachineRuntimes, type MachineRuntime } from "./read-machine-runtimes.ts";
import { setRuntimesOnline, updateDaemonFacts, upsertRuntimes, writeLiveness } from "./store.ts";

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
  return inWorkspaceAsDaemon(ctx, input.workspaceId, async (workspaceCtx) => {
    const ownerId = await assertOwnerBelongs(workspaceCtx);
    await oneAtATime(workspaceCtx, daemonId);
    const before = await readMachineRuntimes(workspaceCtx, daemonId);
    const runtimes = await upsertRuntimes(workspaceCtx, {
      daemonId,
      ownerId,
      identity: input.identity,
      runtimes: input.runtimes,
    });
    const after = await readMachineRuntimes(workspaceCtx, daemonId);
    sayWhatChanged(workspaceCtx, before, after, runtimes);
    await dropAbsent(workspaceCtx, before, runtimes);
    await writeLiveness(workspaceCtx, daemonId, {
      slots: input.slots,
      outbox: { depth: 0, oldestAgeMs: 0 },
      machineProblem: null,
    });
    const { repositories } = await getWorkspace(workspaceCtx.sql, workspaceCtx.workspaceId);
    return { runtimes: runtimes.map(({ id, cli }) => ({ id, cli })), repositories };
  });
});

async function oneAtATime(ctx: WorkspaceContext, daemonId: string): Promise<void> {
  const key = `register:${ctx.workspaceId}:${daemonId}`;
  await ctx.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

function sayWhatChanged(
  ctx: WorkspaceContext,
  before: readonly MachineRuntime[],
  after: readonly MachineRuntime[],
  announced: readonly { id: RuntimeId }[],
): void {
  for (const { id } of announced) {
    const old = before.find((runtime) => runtime.id === id);
    const current = after.find((runtime) => runtime.id === id);
    if (!old) emitRuntime(ctx, "runtime.registered", id);
    else if (!old.online) emitRuntime(ctx, "runtime.online", id);
    else if (old.facts !== current?.facts) emitRuntime(ctx, "runtime.updated", id);
  }
}

/** A CLI that is not announced any more is not there any more. */
async function dropAbsent(
  ctx: WorkspaceContext,
  before: readonly MachineRuntime[],
  announced: readonly { id: RuntimeId }[],
): Promise<void> {
  const present = new Set(announced.map((runtime) => runtime.id));
  const absent = before.filter((runtime) => !present.has(runtime.id)).map(({ id }) => id);
  for (const id of await setRuntimesOnline(ctx, absent, "offline")) {
    emitRuntime(ctx, "runtime.offline", id);
  }
}
