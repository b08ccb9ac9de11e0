import type { AgentId, CommentId, TaskId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { personMayInvoke } from "./agent-verdicts.ts";
import {
  type CauseFacts,
  causedByNobody,
  causedByPerson,
  causedByRun,
  readRun,
} from "./cause-of.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { commentsOf, type TaskRow } from "./task-row.ts";
import { lockTask } from "./lock-tasks.ts";
import { readTargetAgent } from "./read-target-agent.ts";

type WaitingComment = {
  id: CommentId;
  body: string;
  authorType: string;
  /** Null for notices of the platform. */
  authorId: string | null;
  originatorId: UserId | null;
  sourceTaskId: TaskId | null;
};

/**
 * After a run has ended, finds comments that asked for the agent and were in no payload, and
 * enqueues exactly one follow-up for all of them: the newest is its trigger, the others are
 * planned. Comments whose author has lost access ask for nothing any more. Whoever stops a task
 * that was never handed out stops what it was to answer as well.
 */
export async function reconcileComments(ctx: WorkspaceContext, ended: TaskRow): Promise<void> {
  if (ended.lease > 0) await followUp(ctx, await lockTask(ctx, ended.id));
}

/** Asks again, once, for all comments of an ended task that its agent was not shown. */
export async function followUp(ctx: WorkspaceContext, row: TaskRow): Promise<void> {
  const waiting = await findUndelivered(ctx, row);
  const allowed = await keepAllowed(ctx, row.agentId, waiting);
  const newest = allowed.at(-1);
  if (!newest || !(await isOpen(ctx, row))) return;
  await enqueueTask(
    ctx,
    {
      issueId: row.issueId,
      agentId: row.agentId,
      kind: "comment",
      trigger: "comment",
      comment: { id: newest.id, body: newest.body },
      plannedCommentIds: allowed.slice(0, -1).map((comment) => comment.id),
      handoffNote: "",
      attribution: await causeOfComment(ctx, newest),
      suppressed: false,
    },
    "write",
  );
}

/** A comment counts as delivered when a receipt is younger than its text. */
function findUndelivered(ctx: WorkspaceContext, row: TaskRow): Promise<WaitingComment[]> {
  return ctx.sql<WaitingComment[]>`
    select c.id, c.body, c.author_type, c.author_id, c.originator_id, c.source_task_id
    from comments c
    where c.workspace_id = ${ctx.workspaceId} and c.id = any(${[...commentsOf(row)]}::uuid[])
      and c.deleted_at is null
      and not exists (select 1 from task_receipts r
        where r.workspace_id = c.workspace_id and r.comment_id = c.id
          and r.agent_id = ${row.agentId}
          and r.delivered_at >= coalesce(c.edited_at, c.created_at))
    order by c.created_at, c.id`;
}

async function keepAllowed(
  ctx: WorkspaceContext,
  agentId: AgentId,
  waiting: readonly WaitingComment[],
): Promise<WaitingComment[]> {
  if (waiting.length === 0) return [];
  const agent = await readTargetAgent(ctx, agentId);
  if (!agent) return [];
  const people = [...new Set(waiting.map(personBehind))];
  const verdicts = new Map<UserId | null, boolean>();
  for (const person of people) verdicts.set(person, await personMayInvoke(ctx, agent, person));
  return waiting.filter((comment) => verdicts.get(personBehind(comment)) === true);
}

function personBehind(comment: WaitingComment): UserId | null {
  return comment.authorType === "member" ? (comment.authorId as UserId) : comment.originatorId;
}

/** Cause of what a stored comment asks for, as it was when the comment was written. */
export async function causeOfComment(
  ctx: WorkspaceContext,
  comment: Pick<WaitingComment, "authorType" | "authorId" | "sourceTaskId">,
): Promise<CauseFacts> {
  if (comment.authorType === "member") return causedByPerson(comment.authorId as UserId);
  const run = comment.sourceTaskId === null ? null : await readRun(ctx, comment.sourceTaskId);
  return run === null ? causedByNobody : causedByRun(run.agentId, run);
}

async function isOpen(ctx: WorkspaceContext, row: TaskRow): Promise<boolean> {
  const [issue] = await ctx.sql`
    select 1 from issues i join workspaces w on w.workspace_id = i.workspace_id
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${row.issueId}
      and i.deleted_at is null and w.deleted_at is null`;
  return issue !== undefined;
}
