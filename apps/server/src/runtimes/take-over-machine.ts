import type { DaemonId, MachineId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { moveQuotaWaits } from "../tasks/move-quota-waits.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { lockForRepointing, repoint } from "./repoint.ts";
import { inheritSettings, markRuntimeRemoved, setServingDaemon } from "./store.ts";

export type ServedMachine = {
  readonly daemonId: DaemonId;
  readonly machineId: MachineId;
  readonly ownerId: UserId;
};

type Registration = {
  readonly id: RuntimeId;
  readonly cli: string;
  readonly daemonId: DaemonId;
  readonly machineId: MachineId;
  readonly machineName: string;
  /** Its daemon has been heard of lately. */
  readonly isServed: boolean;
};

/**
 * Gives a daemon the runtimes that are registered for its machine, whichever profile they were
 * registered under, and makes one of those that are there twice: the oldest survives and takes over
 * what belongs to the others. Registrations of one person must not run at the same time.
 * @throws conflict `daemon.machine_served` while another daemon of the machine is at work here
 */
export async function takeOverMachine(
  ctx: WorkspaceContext,
  machine: ServedMachine,
): Promise<void> {
  const known = await readRegistrations(ctx, machine);
  const isOwn = ({ daemonId, machineId }: Registration): boolean =>
    daemonId === machine.daemonId && machineId === machine.machineId;
  if (known.every(isOwn)) return;
  const served = known.find((row) => row.isServed && row.daemonId !== machine.daemonId);
  if (served) throw machineServed(served.machineName);
  const byCli = [...Map.groupBy(known, (row) => row.cli).values()];
  const survivors = byCli.flatMap((rows) => rows.slice(0, 1));
  const duplicates = byCli.flatMap((rows) => rows.slice(1));
  await lockForRepointing(ctx, idsOf(duplicates), idsOf(survivors));
  for (const duplicate of duplicates) {
    const survivor = survivors.find((row) => row.cli === duplicate.cli);
    if (survivor) await merge(ctx, duplicate.id, survivor.id);
  }
  await setServingDaemon(ctx, idsOf(survivors), machine);
  for (const row of survivors) if (!isOwn(row)) emitRuntime(ctx, "runtime.updated", row.id);
}

/** Runtimes of the person that this daemon or another one of its machine has registered, oldest first. */
function readRegistrations(
  ctx: WorkspaceContext,
  { daemonId, machineId, ownerId }: ServedMachine,
): Promise<Registration[]> {
  const silentSince = new Date(ctx.now.getTime() - minimumSilenceMs);
  return ctx.sql<Registration[]>`
    select r.id, r.cli, r.daemon_id, r.machine_id, r.machine_name,
      r.online and greatest(r.last_seen_at, l.beat_at) > ${silentSince} as is_served
    from runtimes r
    left join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    where r.workspace_id = ${ctx.workspaceId} and r.owner_id = ${ownerId} and r.removed_at is null
      and (r.daemon_id = ${daemonId} or r.machine_id = ${machineId})
    order by r.created_at, r.id`;
}

async function merge(ctx: WorkspaceContext, from: RuntimeId, to: RuntimeId): Promise<void> {
  const moved = await repoint(ctx, from, to);
  await moveQuotaWaits(ctx, from, to);
  await inheritSettings(ctx, from, to);
  await markRuntimeRemoved(ctx, from);
  ctx.emit({ type: "runtime.removed", entity: { kind: "runtime", id: from }, data: {} });
  await ctx.audit({ action: "runtime.merged", target: to, details: { from, ...moved } });
}

const idsOf = (rows: readonly Registration[]): RuntimeId[] => rows.map((row) => row.id);

function machineServed(machineName: string): AppError {
  return new AppError(
    "conflict",
    `Another daemon on ${machineName} serves this workspace. Stop it, and this one takes over.`,
    { reason: "daemon.machine_served" },
  );
}
