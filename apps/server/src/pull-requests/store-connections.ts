import type { GitConnectionId } from "@headcount/contract/kit/ids";
import type { GitDeliveryFault, GitHost } from "@headcount/contract/pull-requests/words";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId">;

export async function insertConnection(
  ctx: Ctx,
  connection: { readonly host: GitHost; readonly name: string; readonly secret: Buffer },
): Promise<GitConnectionId> {
  const id = ctx.newId<GitConnectionId>();
  await ctx.sql`
    insert into git_connections (workspace_id, id, host, name, secret, created_at)
    values (${ctx.workspaceId}, ${id}, ${connection.host}, ${connection.name},
      ${connection.secret}, ${ctx.now})`;
  return id;
}

/** @returns false when there is none */
export async function setConnectionSecret(
  ctx: Ctx,
  id: GitConnectionId,
  secret: Buffer,
): Promise<boolean> {
  const rows = await ctx.sql`
    update git_connections set secret = ${secret}
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning id`;
  return rows.length === 1;
}

/** @returns false when there was none */
export async function deleteConnectionRow(ctx: Ctx, id: GitConnectionId): Promise<boolean> {
  const rows = await ctx.sql`
    delete from git_connections
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning id`;
  return rows.length === 1;
}

/**
 * Notes that a delivery was taken. Of many in a minute the first is noted, so that they do not wait
 * for one another.
 * @returns false when nothing had to be noted
 */
export async function noteDelivery(ctx: Ctx, id: GitConnectionId): Promise<boolean> {
  const minuteAgo = new Date(ctx.now.getTime() - 60_000);
  const rows = await ctx.sql`
    update git_connections set last_delivery_at = ${ctx.now}, fault = null, fault_at = null
    where workspace_id = ${ctx.workspaceId} and id = ${id}
      and (fault is not null or last_delivery_at is null or last_delivery_at <= ${minuteAgo})
    returning id`;
  return rows.length === 1;
}

/** @returns false when the same fault was noted already: strangers can cause no more than one write */
export async function noteFault(
  ctx: Ctx,
  id: GitConnectionId,
  fault: GitDeliveryFault,
): Promise<boolean> {
  const rows = await ctx.sql`
    update git_connections set fault = ${fault}, fault_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id} and fault is distinct from ${fault}
    returning id`;
  return rows.length === 1;
}
