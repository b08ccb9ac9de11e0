import type { GitConnectionId } from "@headcount/contract/kit/ids";
import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import type { GitDeliveryFault, GitHost } from "@headcount/contract/pull-requests/words";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

type ConnectionRow = {
  readonly id: GitConnectionId;
  readonly host: GitHost;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastDeliveryAt: Date | null;
  readonly fault: GitDeliveryFault | null;
  readonly faultAt: Date | null;
};

/** All of them, the oldest first. */
export async function readConnections(ctx: WorkspaceContext): Promise<GitConnection[]> {
  const rows = await ctx.sql<ConnectionRow[]>`
    select id, host, name, created_at, last_delivery_at, fault, fault_at from git_connections
    where workspace_id = ${ctx.workspaceId} order by id`;
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    name: row.name,
    url: `${ctx.services.publicUrl()}/api/hooks/${row.host}/${ctx.workspaceId}/${row.id}`,
    createdAt: row.createdAt.toISOString(),
    lastDeliveryAt: row.lastDeliveryAt?.toISOString() ?? null,
    lastFault: row.fault && row.faultAt && { reason: row.fault, at: row.faultAt.toISOString() },
  }));
}

/** @throws not_found */
export async function getConnection(
  ctx: WorkspaceContext,
  id: GitConnectionId,
): Promise<GitConnection> {
  const found = (await readConnections(ctx)).find((connection) => connection.id === id);
  if (!found) throw notFound("git_connection");
  return found;
}
