import { readClosedAgents } from "../../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../../platform/context.ts";

/** All agents of the workspace that the caller may not even know the name of. */
export async function findClosedAgents(ctx: WorkspaceContext): Promise<readonly string[]> {
  const rows = await ctx.sql<{ id: string }[]>`
    select id from agents where workspace_id = ${ctx.workspaceId}`;
  const ids = rows.map((row) => row.id);
  return [...(await readClosedAgents(ctx, ids))];
}
