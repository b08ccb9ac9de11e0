import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

export type NewMessage = {
  readonly taskId: TaskId;
  readonly seq: number;
  readonly lease: number;
  readonly type: string;
  readonly tool: string | null;
  readonly callId: string | null;
  readonly content: string;
  readonly input: unknown;
  readonly originalBytes: number | null;
  readonly isError: boolean;
  readonly isSubagent: boolean;
  readonly late: boolean;
  readonly at: Date;
};

/** Where a row stands; a place is taken once. */
export type MessagePlace = Pick<NewMessage, "taskId" | "lease" | "seq">;

/** Files transcript rows in one statement; a replay stores nothing. @returns the places that are new */
export async function insertMessages(
  ctx: WorkspaceContext,
  messages: readonly NewMessage[],
): Promise<MessagePlace[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => ({ ...message, at: message.at.toISOString() }));
  return ctx.sql<MessagePlace[]>`
    insert into task_messages (workspace_id, task_id, lease, seq, type, tool, call_id, content,
      input, original_bytes, is_error, is_subagent, late, at)
    select ${ctx.workspaceId}, (item->>'taskId')::uuid, (item->>'lease')::int, (item->>'seq')::int,
      item->>'type', item->>'tool', item->>'callId', item->>'content',
      nullif(item->'input', 'null'::jsonb), (item->>'originalBytes')::int,
      (item->>'isError')::boolean, (item->>'isSubagent')::boolean, (item->>'late')::boolean,
      (item->>'at')::timestamptz
    from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) as item
    on conflict do nothing returning task_id, lease, seq`;
}

/** Removes raw transcripts of tasks that ended long ago, some at a time; the tasks themselves stay. */
export async function deleteOldMessages(
  ctx: WorkspaceContext,
  endedBefore: Date,
  mostTasks: number,
): Promise<void> {
  await ctx.sql`
    delete from task_messages m
    where m.workspace_id = ${ctx.workspaceId} and m.task_id in (
      select t.id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.ended_at < ${endedBefore}
        and exists (select 1 from task_messages x
          where x.workspace_id = t.workspace_id and x.task_id = t.id)
      order by t.ended_at limit ${mostTasks})`;
}
