import type { AgentId, CommentId, IssueId } from "@headcount/contract/kit/ids";
import type { FailureReason } from "@headcount/contract/tasks/states";
import { failureRemedies } from "@headcount/domain/tasks/failure-remedies";
import { fileFailure } from "@headcount/domain/tasks/failure-taxonomy";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import { writeComment } from "../comments/write-comment.ts";
import { changeIssueStatus } from "../issues/change-issue-status.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { behindSavepoint } from "./behind-savepoint.ts";
import { causedByRun } from "./cause-of.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { insertFailureNotice } from "./store-failure-notices.ts";
import type { TaskRow } from "./task-row.ts";

type Surroundings = {
  /** Everybody who sees the issue reads the comment, so a closed agent is not named in it. */
  readonly agentName: string;
  readonly status: string;
  readonly isWorkedOn: boolean;
  /** Another agent that asked for the run; null when a person did. */
  readonly delegatorId: AgentId | null;
  /** Where it asked for it. */
  readonly delegatorIssueId: IssueId | null;
};

/** A failed run as far as it is told about, with the issue on which that is done. */
export type FailedRun = Pick<
  TaskRow,
  "id" | "issueId" | "agentId" | "originatorId" | "accountableId" | "hop"
>;

/**
 * Says what a final failure means, in the transaction of the failure. When nobody works on the
 * issue any more, people learn why, and the issue stops claiming to be in progress. An agent that
 * asked for the run on this same issue is woken with the same words, so that it can go on without
 * it. One that asked from another issue is told there a little later: that issue must not be locked
 * after the task, and a failure is stored whatever becomes of the telling.
 */
export async function tellAboutFailure(
  ctx: WorkspaceContext,
  row: TaskRow,
  reason: FailureReason,
): Promise<void> {
  const around = await readSurroundings(ctx, row);
  if (!around) return;
  const { delegatorId } = around;
  const isAskedHere = delegatorId !== null && around.delegatorIssueId === row.issueId;
  if (delegatorId !== null && !isAskedHere) await insertFailureNotice(ctx, row.id);
  if (around.isWorkedOn && !isAskedHere) return;
  const platform: WorkspaceContext = { ...ctx, actor: { kind: "system", job: "tasks" } };
  const body = failureNotice(`${around.agentName} did not finish`, reason);
  const id = await writeFailureComment(platform, row, body);
  if (isAskedHere) {
    const error = await behindSavepoint(platform, (inner) =>
      wakeDelegator(inner, row, delegatorId, { id, body }),
    );
    if (error !== null) await insertFailureNotice(ctx, row.id);
  }
  if (!around.isWorkedOn && around.status === "in_progress") {
    await changeIssueStatus(platform, row.issueId, "todo");
  }
}

/** One paragraph: what happened, why, and what to do. */
export function failureNotice(what: string, reason: FailureReason): string {
  return `${what} (\`${reason}\`). ${failureRemedies[fileFailure(reason).reason].en}`;
}

export function writeFailureComment(
  ctx: WorkspaceContext,
  run: FailedRun,
  body: string,
): Promise<CommentId> {
  return writeComment(ctx, {
    issueId: run.issueId,
    kind: "system",
    author: { type: "system", id: null },
    originatorId: run.originatorId,
    sourceTaskId: run.id,
    body,
    parentId: null,
  });
}

async function readSurroundings(ctx: WorkspaceContext, row: TaskRow): Promise<Surroundings | null> {
  const [found] = await ctx.sql<Surroundings[]>`
    select case when a.access = 'workspace' then a.name else ${privateAgentName} end as agent_name, i.status, exists (
      select 1 from tasks o where o.workspace_id = i.workspace_id and o.issue_id = i.id
        and o.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    ) as is_worked_on, delegating.agent_id as delegator_id,
      delegating.issue_id as delegator_issue_id
    from issues i
    join workspaces w on w.workspace_id = i.workspace_id and w.deleted_at is null
    join agents a on a.workspace_id = i.workspace_id and a.id = ${row.agentId}
    left join tasks delegating on delegating.workspace_id = i.workspace_id
      and delegating.id = ${row.delegatedBy} and delegating.agent_id <> a.id
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${row.issueId} and i.deleted_at is null`;
  return found ?? null;
}

/** A guard or a lost right may refuse this; then the comment on the issue has to do. */
export async function wakeDelegator(
  ctx: WorkspaceContext,
  run: FailedRun,
  delegatorId: AgentId,
  comment: { readonly id: CommentId; readonly body: string },
): Promise<void> {
  await enqueueTask(
    ctx,
    {
      issueId: run.issueId,
      agentId: delegatorId,
      kind: "comment",
      trigger: "comment",
      comment,
      handoffNote: "",
      attribution: causedByRun(run.agentId, run),
      suppressed: false,
    },
    "write",
  );
}
