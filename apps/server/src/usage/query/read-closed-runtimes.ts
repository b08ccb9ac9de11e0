import { readClosedAgents } from "../../agents/read-closed-agents.ts";
import { viewerOf } from "../../agents/viewer.ts";
import type { WorkspaceContext } from "../../platform/context.ts";

type RuntimeRow = {
  id: string;
  ownerId: string;
  sharing: "private" | "workspace";
  agentIds: string[];
};

/**
 * Which of these runtimes the caller may not see: private ones of others on which no agent runs that
 * is open to them. Removed ones follow the rule that held while they were there.
 */
export async function readClosedRuntimes(
  ctx: WorkspaceContext,
  runtimeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { actor } = ctx;
  const viewer = viewerOf(ctx);
  if (runtimeIds.length === 0 || actor.kind === "system" || actor.kind === "daemon") {
    return new Set();
  }
  const rows = await ctx.sql<RuntimeRow[]>`
    select r.id, r.owner_id, r.sharing, array(select a.id::text from agents a
      where a.workspace_id = r.workspace_id and a.runtime_id = r.id and a.archived_at is null)
      as agent_ids
    from runtimes r
    where r.workspace_id = ${ctx.workspaceId} and r.id = any(${[...runtimeIds]}::uuid[])`;
  const closedAgents = await readClosedAgents(
    ctx,
    rows.flatMap((row) => row.agentIds),
  );
  const isOpen = (row: RuntimeRow): boolean =>
    row.sharing === "workspace" ||
    row.agentIds.some((id) => !closedAgents.has(id)) ||
    (viewer !== null && (viewer.role !== "member" || viewer.userId === row.ownerId));
  return new Set(rows.filter((row) => !isOpen(row)).map((row) => row.id));
}
