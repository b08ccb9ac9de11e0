import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** Keeps in mind that somebody has yet to be told about a failed run. */
export async function insertFailureNotice(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    insert into failure_notices (workspace_id, task_id, created_at)
    values (${ctx.workspaceId}, ${taskId}, ${ctx.now}) on conflict do nothing`;
}

export async function countFailureNoticeTry(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    update failure_notices set tries = tries + 1
    where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}

export async function deleteFailureNotice(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    delete from failure_notices where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}
