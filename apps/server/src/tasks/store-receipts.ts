import type { AgentId, CommentId, TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

export type Receipt = {
  readonly taskId: TaskId;
  readonly agentId: AgentId;
  readonly lease: number;
  readonly commentId: CommentId;
};

/** Proof that comments were inside the payload of a lease; the latest delivery counts. */
export async function insertReceipts(
  ctx: WorkspaceContext,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  await ctx.sql`
    insert into task_receipts (workspace_id, task_id, comment_id, agent_id, lease, delivered_at)
    select ${ctx.workspaceId}, r."taskId", c.id, r."agentId", r.lease,
      greatest(${ctx.now}, c.created_at, c.edited_at)
    from comments c
    join jsonb_to_recordset(${ctx.sql.json(receipts as never)}::jsonb)
      as r("taskId" uuid, "agentId" uuid, lease int, "commentId" uuid) on r."commentId" = c.id
    where c.workspace_id = ${ctx.workspaceId}
      and c.id = any(${receipts.map((receipt) => receipt.commentId)}::uuid[])
    on conflict (workspace_id, task_id, comment_id)
      do update set lease = excluded.lease, delivered_at = excluded.delivered_at`;
}

/** What was not shown to an agent has not been delivered. */
export async function deleteReceipts(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    delete from task_receipts where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}
