import type { DaemonId, MachineId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
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
 * registered under, unless another daemon of the machine is at work here: then that one gets them.
 * Of those that are there twice one survives and takes over what belongs to the others: what the
 * daemon at work serves, else the oldest. Registrations of one person must not run at the same time.
 * @returns name of the machine when another daemon serves it; null when this one does
 */
export async function takeOverMachine(
  ctx: WorkspaceContext,
  machine: ServedMachine,
): Promise<string | null> {
  const known = await readRegistrations(ctx, machine);
  const other = known.find((row) => row.isServed && row.daemonId !== machine.daemonId);
  const daemonId = other?.daemonId ?? machine.daemonId;
  const byCli = [...Map.groupBy(known, (row) => row.cli).values()].map((rows) =>
    rows.toSorted(
      (a, b) => Number(b.daemonId === other?.daemonId) - Number(a.daemonId === other?.daemonId),
    ),
  );
  const duplicates = byCli.flatMap(([survivor, ...rows]) =>
    rows.map((row) => ({ from: row.id, to: survivor?.id ?? row.id })),
  );
  const moved = byCli
    .flatMap((rows) => rows.slice(0, 1))
    .filter((row) => row.daemonId !== daemonId || row.machineId !== machine.machineId);
  await mergeAll(ctx, duplicates);
  if (moved.length > 0) {
    const ids = moved.map((row) => row.id);
    await setServingDaemon(ctx, ids, { daemonId, machineId: machine.machineId });
    for (const id of ids) emitRuntime(ctx, "runtime.updated", id);
  }
  return other?.machineName ?? null;
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

type Duplicate = { readonly from: RuntimeId; readonly to: RuntimeId };

async function mergeAll(ctx: WorkspaceContext, duplicates: readonly Duplicate[]): Promise<void> {
  if (duplicates.length === 0) return;
  const [from, to] = [duplicates.map((pair) => pair.from), duplicates.map((pair) => pair.to)];
  await lockForRepointing(ctx, from, to);
  for (const duplicate of duplicates) await merge(ctx, duplicate);
}

async function merge(ctx: WorkspaceContext, { from, to }: Duplicate): Promise<void> {
  const moved = await repoint(ctx, from, to);
  await moveQuotaWaits(ctx, from, to);
  await inheritSettings(ctx, from, to);
  await markRuntimeRemoved(ctx, from);
  ctx.emit({ type: "runtime.removed", entity: { kind: "runtime", id: from }, data: {} });
  await ctx.audit({ action: "runtime.merged", target: to, details: { from, ...moved } });
}
