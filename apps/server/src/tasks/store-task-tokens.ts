import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

const tokenLifeMs = 24 * 60 * 60_000;
const tokenGranularityMs = 60 * 60_000;

/** Stores the tokens of leases; repeating it is harmless because they are the same tokens. */
export async function insertTaskTokens(
  ctx: WorkspaceContext,
  tokens: readonly {
    readonly taskId: TaskId;
    readonly lease: number;
    readonly secretHash: Buffer;
  }[],
): Promise<void> {
  if (tokens.length === 0) return;
  const rows = tokens.map((token) => ({ ...token, secretHash: token.secretHash.toString("hex") }));
  await ctx.sql`
    insert into task_tokens (workspace_id, secret_hash, task_id, lease, expires_at)
    select ${ctx.workspaceId}, decode(k."secretHash", 'hex'), k."taskId", k.lease,
      ${new Date(ctx.now.getTime() + tokenLifeMs)}
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
      as k("secretHash" text, "taskId" uuid, lease int)
    on conflict do nothing`;
}

/** A token lives as long as its lease is renewed; written once an hour, not at every beat. */
export async function extendTaskTokens(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<void> {
  if (taskIds.length === 0) return;
  const expiresAt = new Date(ctx.now.getTime() + tokenLifeMs);
  await ctx.sql`
    update task_tokens set expires_at = ${expiresAt}
    where workspace_id = ${ctx.workspaceId} and task_id = any(${taskIds}::uuid[])
      and expires_at < ${new Date(expiresAt.getTime() - tokenGranularityMs)}`;
}

/** A token ends with its task. */
export async function deleteTaskTokens(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    delete from task_tokens where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}

/** Tokens that nobody can use any more. */
export async function deleteEndedTaskTokens(ctx: WorkspaceContext): Promise<void> {
  await ctx.sql`
    delete from task_tokens
    where workspace_id = ${ctx.workspaceId} and expires_at < ${ctx.now}`;
}
