import type { WorkspaceContext } from "../platform/context.ts";
import type { TaskRow } from "./task-row.ts";

export type RunEffects = {
  /** The agent commented on the issue during this run. */
  readonly wroteComment: boolean;
  /** It left something else on record: a change of the issue, a new issue. */
  readonly recordedEffect: boolean;
};

/** What a run has left in the workspace so far, apart from its final answer. */
export async function readRunEffects(ctx: WorkspaceContext, row: TaskRow): Promise<RunEffects> {
  const [found] = await ctx.sql<RunEffects[]>`
    select
      exists (select 1 from comments c where c.workspace_id = ${ctx.workspaceId}
        and c.issue_id = ${row.issueId} and c.source_task_id = ${row.id}
        and c.kind = 'comment') as wrote_comment,
      exists (select 1 from issues i where i.workspace_id = ${ctx.workspaceId}
        and i.source_task_id = ${row.id})
      or exists (select 1 from activities a where a.workspace_id = ${ctx.workspaceId}
        and a.issue_id = ${row.issueId} and a.actor_type = 'agent' and a.actor_id = ${row.agentId}
        and a.created_at >= ${row.startedAt ?? ctx.now}
        and a.action not like 'task\\_%') as recorded_effect`;
  return found ?? { wroteComment: false, recordedEffect: false };
}
