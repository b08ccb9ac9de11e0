import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { taskColumns, type TaskRow } from "./task-row.ts";

/** The agent that a comment addressed has answered, so nobody has to stand in for it. */
export async function dropAnsweredFallbacks(
  ctx: WorkspaceContext,
  issueId: IssueId,
  answeredBy: AgentId,
): Promise<void> {
  const rows = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = ${issueId}
      and t.status = 'deferred' and t.kind = 'fallback'
      and t.attribution->>'fallbackFor' = ${answeredBy}
    order by t.id for update`;
  for (const row of rows) await cancelRow(ctx, row, "routed_agent_answered");
}
