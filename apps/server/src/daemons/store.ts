import type { DaemonIdentity, Heartbeat } from "@headcount/contract/daemon/schemas";
import type { DaemonId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Sql, Transaction } from "../platform/database.ts";
import { machineIdOf } from "../runtimes/machine-id-of.ts";

/** Creates or updates a machine; false when it belongs to another person. */
export async function upsertDaemon(
  tx: Transaction,
  identity: DaemonIdentity,
  userId: UserId,
  now: Date,
): Promise<boolean> {
  const rows = await tx`
    insert into daemons (id, user_id, machine_id, device_name, version, platform, capabilities,
      created_at)
    values (${identity.daemonId}, ${userId}, ${machineIdOf(identity)}, ${identity.deviceName},
      ${identity.version}, ${identity.platform}, ${identity.capabilities}::text[], ${now})
    on conflict (id) do update set machine_id = excluded.machine_id,
      device_name = excluded.device_name, version = excluded.version,
      platform = excluded.platform, capabilities = excluded.capabilities
    where daemons.user_id = excluded.user_id
    returning id`;
  return rows.length === 1;
}

/** Leaves the machine exactly one token. */
export async function replaceDaemonToken(
  tx: Transaction,
  token: { id: string; daemonId: DaemonId; secretHash: Buffer; now: Date },
): Promise<void> {
  await tx`delete from daemon_tokens where daemon_id = ${token.daemonId}`;
  await tx`
    insert into daemon_tokens (id, daemon_id, secret_hash, created_at)
    values (${token.id}, ${token.daemonId}, ${token.secretHash}, ${token.now})`;
}

/** What a machine says about itself, as far as it has changed. */
export async function updateDaemonFacts(sql: Sql, identity: DaemonIdentity): Promise<void> {
  await sql`
    update daemons set machine_id = ${machineIdOf(identity)}, device_name = ${identity.deviceName},
      version = ${identity.version}, platform = ${identity.platform},
      capabilities = ${identity.capabilities}::text[]
    where id = ${identity.daemonId}
      and (machine_id, device_name, version, platform, capabilities) is distinct from
        (${machineIdOf(identity)}::uuid, ${identity.deviceName}, ${identity.version},
          ${identity.platform}, ${identity.capabilities}::text[])`;
}

export type SignOfLife = Pick<Heartbeat, "slots" | "machineProblem"> & {
  readonly outbox: Heartbeat["outbox"];
};

/** The volatile sign of life, written at every beat. */
export async function writeLiveness(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  life: SignOfLife,
): Promise<void> {
  await ctx.sql`
    insert into daemon_liveness (workspace_id, daemon_id, beat_at, slots_total, slots_free,
      outbox_depth, outbox_oldest_age_ms, machine_problem)
    values (${ctx.workspaceId}, ${daemonId}, ${ctx.now}, ${life.slots.total}, ${life.slots.free},
      ${life.outbox.depth}, ${life.outbox.oldestAgeMs}, ${life.machineProblem})
    on conflict (workspace_id, daemon_id) do update set beat_at = excluded.beat_at,
      slots_total = excluded.slots_total, slots_free = excluded.slots_free,
      outbox_depth = excluded.outbox_depth, outbox_oldest_age_ms = excluded.outbox_oldest_age_ms,
      machine_problem = excluded.machine_problem`;
}

export async function deleteLiveness(ctx: WorkspaceContext, daemonId: DaemonId): Promise<void> {
  await ctx.sql`
    delete from daemon_liveness
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId}`;
}

/**
 * Notes a sweep over silent machines. @returns since when there has been no pause between sweeps
 * that began before `gap`
 */
export async function noteSweep(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "now">,
  gap: Date,
): Promise<Date> {
  const [watch] = await ctx.sql<{ watchingSince: Date }[]>`
    insert into liveness_watch (workspace_id, watching_since, swept_at)
    values (${ctx.workspaceId}, ${ctx.now}, ${ctx.now})
    on conflict (workspace_id) do update set swept_at = excluded.swept_at,
      watching_since = case when liveness_watch.swept_at < ${gap} then excluded.watching_since
        else liveness_watch.watching_since end
    returning watching_since`;
  return watch?.watchingSince ?? ctx.now;
}
