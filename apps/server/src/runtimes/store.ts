import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { RuntimeSharing } from "@headcount/contract/runtimes/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

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
