import type { AgentId, CommentId, IssueId } from "@headcount/contract/kit/ids";
import type { FailureReason } from "@headcount/contract/tasks/states";
import { failureTaxonomy } from "@headcount/domain/tasks/failure-taxonomy";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import { writeComment } from "../comments/write-comment.ts";
import { changeIssueStatus } from "../issues/change-issue-status.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { causedByRun } from "./cause-of.ts";
import { enqueueTask } from "./enqueue-task.ts";
import type { TaskRow } from "./task-row.ts";

type Surroundings = {
  /** Everybody who sees the issue reads the comment, so a closed agent is not named in it. */
  readonly agentName: string;
  readonly status: string;
  readonly isWorkedOn: boolean;
  /** Agent that asked for the run on this same issue; null when a person did. */
  readonly delegatorId: AgentId | null;
};

/**
 * Says what a final failure means, in the transaction of the failure. When nobody works on the
 * issue any more, people learn why, and the issue stops claiming to be in progress. An agent that
 * asked for the run is woken with the same words, so that it can go on without it.
 */
export async function tellAboutFailure(
  ctx: WorkspaceContext,
  row: TaskRow,
  reason: FailureReason,
): Promise<void> {
  const around = await readSurroundings(ctx, row);
  if (!around || (around.isWorkedOn && around.delegatorId === null)) return;
  const platform: WorkspaceContext = { ...ctx, actor: { kind: "system", job: "tasks" } };
  const body = `${around.agentName} did not finish (\`${reason}\`). ${failureTaxonomy[reason].remedy}`;
  const commentId = await writeComment(platform, {
    issueId: row.issueId,
    kind: "system",
    author: { type: "system", id: null },
    originatorId: row.originatorId,
    sourceTaskId: row.id,
    body,
    parentId: null,
  });
  if (around.delegatorId !== null) {
    await wakeDelegator(platform, row, around.delegatorId, { id: commentId, body });
  }
  if (!around.isWorkedOn && around.status === "in_progress") {
    await changeIssueStatus(platform, row.issueId, "todo");
  }
}

async function readSurroundings(ctx: WorkspaceContext, row: TaskRow): Promise<Surroundings | null> {
  const [found] = await ctx.sql<Surroundings[]>`
    select case when a.access = 'workspace' then a.name else ${privateAgentName} end as agent_name, i.status, exists (
      select 1 from tasks o where o.workspace_id = i.workspace_id and o.issue_id = i.id
        and o.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    ) as is_worked_on, delegating.agent_id as delegator_id
    from issues i
    join workspaces w on w.workspace_id = i.workspace_id and w.deleted_at is null
    join agents a on a.workspace_id = i.workspace_id and a.id = ${row.agentId}
    left join tasks delegating on delegating.workspace_id = i.workspace_id
      and delegating.id = ${row.delegatedBy} and delegating.issue_id = i.id
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${row.issueId} and i.deleted_at is null`;
  return found ?? null;
}

/** A guard or a lost right may refuse this; then the comment on the issue has to do. */
async function wakeDelegator(
  ctx: WorkspaceContext,
  row: TaskRow & { readonly issueId: IssueId },
  delegatorId: AgentId,
  comment: { readonly id: CommentId; readonly body: string },
): Promise<void> {
  await enqueueTask(
    ctx,
    {
      issueId: row.issueId,
      agentId: delegatorId,
      kind: "comment",
      trigger: "comment",
      comment,
      handoffNote: "",
      attribution: causedByRun(row.agentId, row),
      suppressed: false,
    },
    "write",
  );
}
