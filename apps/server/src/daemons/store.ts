import type {
  DaemonIdentity,
  Heartbeat,
  RuntimeRegistration,
} from "@headcount/contract/daemon/schemas";
import type { DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Sql, Transaction } from "../platform/database.ts";

/** Creates or updates a machine; false when it belongs to another person. */
export async function upsertDaemon(
  tx: Transaction,
  identity: DaemonIdentity,
  userId: UserId,
  now: Date,
): Promise<boolean> {
  const rows = await tx`
    insert into daemons (id, user_id, device_name, version, platform, capabilities, created_at)
    values (${identity.daemonId}, ${userId}, ${identity.deviceName}, ${identity.version},
      ${identity.platform}, ${identity.capabilities}::text[], ${now})
    on conflict (id) do update set device_name = excluded.device_name, version = excluded.version,
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
    update daemons set device_name = ${identity.deviceName}, version = ${identity.version},
      platform = ${identity.platform}, capabilities = ${identity.capabilities}::text[]
    where id = ${identity.daemonId}
      and (device_name, version, platform, capabilities) is distinct from
        (${identity.deviceName}, ${identity.version}, ${identity.platform}, ${identity.capabilities}::text[])`;
}

export type AnnouncedRuntime = { id: RuntimeId; cli: string };

type Announcement = {
  readonly daemonId: DaemonId;
  readonly ownerId: UserId;
  readonly identity: DaemonIdentity;
  readonly runtimes: readonly RuntimeRegistration[];
};

/** Writes all announced runtimes of one machine in one statement. */
export async function upsertRuntimes(
  ctx: WorkspaceContext,
  announced: Announcement,
): Promise<AnnouncedRuntime[]> {
  const { identity } = announced;
  const rows = announced.runtimes.map((runtime) => ({ ...runtime, id: ctx.newId<RuntimeId>() }));
  return ctx.sql<AnnouncedRuntime[]>`
    insert into runtimes (workspace_id, id, daemon_id, owner_id, cli, cli_title, machine_name,
      custom_name, cli_version, daemon_version, platform, capabilities, online, problem,
      problem_detail, repair_hint, verified, coverage, models, last_seen_at, created_at)
    select ${ctx.workspaceId}, (item->>'id')::uuid, ${announced.daemonId}, ${announced.ownerId},
      item->>'cli', item->>'cliTitle', ${identity.deviceName},
      (select max(sibling.custom_name) from runtimes sibling
        where sibling.workspace_id = ${ctx.workspaceId}
          and sibling.daemon_id = ${announced.daemonId} and sibling.removed_at is null),
      item->>'version', ${identity.version}, ${identity.platform},
      ${identity.capabilities}::text[], true, item->>'problem', item->>'problemDetail',
      item->>'repairHint', (item->>'verified')::boolean, item->'coverage', item->'models',
      ${ctx.now}, ${ctx.now}
    from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) as item
    on conflict (workspace_id, daemon_id, cli) where removed_at is null do update set
      cli_title = excluded.cli_title, machine_name = excluded.machine_name,
      cli_version = excluded.cli_version, daemon_version = excluded.daemon_version,
      platform = excluded.platform, capabilities = excluded.capabilities, online = true,
      problem = excluded.problem, problem_detail = excluded.problem_detail,
      repair_hint = excluded.repair_hint, verified = excluded.verified,
      coverage = excluded.coverage, models = excluded.models, last_seen_at = excluded.last_seen_at
    returning id, cli`;
}

/** Marks runtimes online or offline; returns those for which that is news. */
export async function setRuntimesOnline(
  ctx: WorkspaceContext,
  runtimeIds: readonly RuntimeId[],
  online: "online" | "offline",
): Promise<RuntimeId[]> {
  if (runtimeIds.length === 0) return [];
  const isOnline = online === "online";
  const rows = await ctx.sql<{ id: RuntimeId }[]>`
    update runtimes set online = ${isOnline},
      last_seen_at = case when ${isOnline} then ${ctx.now} else last_seen_at end
    where workspace_id = ${ctx.workspaceId} and id = any(${runtimeIds}::uuid[])
      and online <> ${isOnline} and removed_at is null
    returning id`;
  return rows.map((row) => row.id);
}

/** The durable sign of life, written only when the stored one is older than `olderThan`. */
export async function flushLastSeen(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  olderThan: Date,
): Promise<void> {
  await ctx.sql`
    update runtimes set last_seen_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId}
      and online and removed_at is null and last_seen_at < ${olderThan}`;
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
