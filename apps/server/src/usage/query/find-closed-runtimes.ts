import type { WorkspaceContext } from "../../platform/context.ts";
import { readClosedRuntimes } from "./read-closed-runtimes.ts";

/** All runtimes of the workspace, removed ones too, that the caller may not see. */
export async function findClosedRuntimes(ctx: WorkspaceContext): Promise<readonly string[]> {
  const rows = await ctx.sql<{ id: string }[]>`
    select id from runtimes where workspace_id = ${ctx.workspaceId}`;
  const ids = rows.map((row) => row.id);
  return [...(await readClosedRuntimes(ctx, ids))];
}
