import type { DaemonIdentity, RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import type { DaemonId, MachineId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import type { RuntimeSharing } from "@headcount/contract/runtimes/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { machineIdOf } from "./machine-id-of.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

export async function updateRuntimeSettings(
  ctx: Ctx,
  id: RuntimeId,
  settings: { readonly customName: string | null; readonly sharing: RuntimeSharing },
): Promise<void> {
  await ctx.sql`
    update runtimes set custom_name = ${settings.customName}, sharing = ${settings.sharing}
    where workspace_id = ${ctx.workspaceId} and id = ${id} and removed_at is null`;
}

/** Forgets a locked runtime. Its row stays for what tasks and agents say about it. */
export async function markRuntimeRemoved(ctx: Ctx, id: RuntimeId): Promise<void> {
  await ctx.sql`
    update runtimes set removed_at = ${ctx.now}, online = false
    where workspace_id = ${ctx.workspaceId} and id = ${id} and removed_at is null`;
}

/**
 * Forgets those of the locked runtimes that have been silent since before `silentSince`, that no
 * active agent uses and that have nothing left to do. @returns which
 */
export async function removeUnusedRuntimes(
  ctx: Ctx,
  ids: readonly RuntimeId[],
  silentSince: Date,
): Promise<RuntimeId[]> {
  const rows = await ctx.sql<{ id: RuntimeId }[]>`
    update runtimes r set removed_at = ${ctx.now}
    where r.workspace_id = ${ctx.workspaceId} and r.id = any(${ids}::uuid[])
      and r.removed_at is null and not r.online and r.last_seen_at < ${silentSince}
      and not exists (select 1 from agents a where a.workspace_id = r.workspace_id
        and a.runtime_id = r.id and a.archived_at is null)
      and not exists (select 1 from tasks t where t.workspace_id = r.workspace_id
        and r.id in (t.runtime_id, t.preferred_runtime_id)
        and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running'))
    returning r.id`;
  return rows.map((row) => row.id);
}

export type AnnouncedRuntime = { id: RuntimeId; cli: string };

export type Announcement = {
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
    insert into runtimes (workspace_id, id, daemon_id, machine_id, owner_id, cli, cli_title,
      machine_name, custom_name, cli_version, daemon_version, platform, capabilities, online, problem,
      problem_detail, repair_hint, verified, verified_version, coverage, models, inspection,
      inspected_at, found_sessions, last_seen_at, created_at)
    select ${ctx.workspaceId}, (item->>'id')::uuid, ${announced.daemonId},
      ${machineIdOf(identity)}, ${announced.ownerId}, item->>'cli', item->>'cliTitle',
      ${identity.deviceName},
      (select max(sibling.custom_name) from runtimes sibling
        where sibling.workspace_id = ${ctx.workspaceId}
          and sibling.daemon_id = ${announced.daemonId} and sibling.removed_at is null),
      item->>'version', ${identity.version}, ${identity.platform},
      ${identity.capabilities}::text[], true, item->>'problem', item->>'problemDetail',
      item->>'repairHint', (item->>'verified')::boolean, item->>'verifiedVersion',
      item->'coverage', coalesce(item->'inspection'->'models', '[]'::jsonb),
      nullif(item->'inspection', 'null'::jsonb) - 'models',
      case when item->>'inspection' is null then null else ${ctx.now}::timestamptz end,
      nullif(item->'foundSessions', 'null'::jsonb),
      ${ctx.now}, ${ctx.now}
    from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) as item
    on conflict (workspace_id, daemon_id, cli) where removed_at is null do update set
      cli_title = excluded.cli_title, machine_name = excluded.machine_name,
      cli_version = excluded.cli_version, daemon_version = excluded.daemon_version,
      platform = excluded.platform, capabilities = excluded.capabilities, online = true,
      problem = excluded.problem, problem_detail = excluded.problem_detail,
      repair_hint = excluded.repair_hint, verified = excluded.verified,
      verified_version = excluded.verified_version, coverage = excluded.coverage,
      models = case when excluded.inspected_at is null then runtimes.models
        else excluded.models end,
      inspection = coalesce(excluded.inspection, runtimes.inspection),
      inspected_at = case when excluded.inspected_at is null
          or (excluded.models, excluded.inspection) is not distinct from
            (runtimes.models, runtimes.inspection)
        then runtimes.inspected_at else excluded.inspected_at end,
      found_sessions = excluded.found_sessions, last_seen_at = excluded.last_seen_at
    returning id, cli`;
}

/** Notes the wish to ask the program of a locked runtime anew. */
export async function requestInspection(ctx: Ctx, id: RuntimeId): Promise<void> {
  await ctx.sql`
    update runtimes set inspection_requested_at = ${ctx.now}, inspection_picked_at = null
    where workspace_id = ${ctx.workspaceId} and id = ${id} and removed_at is null`;
}

/** Takes the wishes that no machine has heard of since `since`. @returns whose they are */
export async function pickInspections(
  ctx: Ctx,
  daemonId: DaemonId,
  since: Date,
): Promise<RuntimeId[]> {
  const rows = await ctx.sql<{ id: RuntimeId }[]>`
    update runtimes set inspection_picked_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId} and removed_at is null
      and inspection_requested_at >= ${since} and inspection_picked_at is null
    returning id`;
  return rows.map((row) => row.id);
}

/** Takes over what a program has said, which also answers the wish. False without such a runtime. */
export async function storeInspection(
  ctx: Ctx,
  place: { readonly daemonId: DaemonId; readonly id: RuntimeId },
  { models, ...rest }: RuntimeInspection,
): Promise<boolean> {
  const rows = await ctx.sql`
    update runtimes set models = ${ctx.sql.json(models as never)},
      inspection = ${ctx.sql.json(rest as never)}, inspected_at = ${ctx.now},
      inspection_requested_at = null, inspection_picked_at = null
    where workspace_id = ${ctx.workspaceId} and daemon_id = ${place.daemonId}
      and id = ${place.id} and removed_at is null
    returning id`;
  return rows.length === 1;
}

/** Gives locked runtimes to another daemon of their machine. */
export async function setServingDaemon(
  ctx: Ctx,
  ids: readonly RuntimeId[],
  by: { readonly daemonId: DaemonId; readonly machineId: MachineId },
): Promise<void> {
  await ctx.sql`
    update runtimes set daemon_id = ${by.daemonId}, machine_id = ${by.machineId}
    where workspace_id = ${ctx.workspaceId} and id = any(${ids}::uuid[])
      and removed_at is null`;
}

/**
 * What a person has set on a runtime outlives its duplicate: a name where the other has none, and
 * being shared, because agents of other people may run there.
 */
export async function inheritSettings(ctx: Ctx, from: RuntimeId, to: RuntimeId): Promise<void> {
  await ctx.sql`
    update runtimes r set custom_name = coalesce(r.custom_name, old.custom_name),
      sharing = case when old.sharing = 'workspace' then old.sharing else r.sharing end
    from runtimes old
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${to}
      and old.workspace_id = r.workspace_id and old.id = ${from}`;
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
