import type { WorkspaceContext } from "../../platform/context.ts";

/** Which of some sessions tasks have run in. */
export async function readTaskSessions(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  sessionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await ctx.sql<{ sessionId: string }[]>`
    select session_id from usage_task_sessions
    where workspace_id = ${ctx.workspaceId} and session_id = any(${sessionIds}::text[])`;
  return new Set(rows.map((row) => row.sessionId));
}
