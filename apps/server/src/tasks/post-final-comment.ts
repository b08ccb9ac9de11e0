import { finalComment } from "@headcount/domain/tasks/final-comment";
import { writeComment } from "../comments/write-comment.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { causeOf } from "./cause-of.ts";
import { dropAnsweredFallbacks } from "./drop-answered-fallbacks.ts";
import { routeAs } from "./plan-comment-triggers.ts";
import type { RunEffects } from "./read-run-effects.ts";
import type { TaskRow } from "./task-row.ts";
import { asAgentOf } from "./write-task-activity.ts";

/**
 * Posts the final answer of a run whose agent wrote no comment, in its name, under the comment
 * that asked. A mention in it starts work like any other of the agent's.
 */
export async function postFinalComment(
  ctx: WorkspaceContext,
  row: TaskRow,
  answer: string,
  effects: RunEffects,
): Promise<void> {
  const decision = finalComment({
    triggeredByComment: row.triggerCommentId !== null,
    wroteComment: effects.wroteComment,
    answer,
    transcriptUrl: await transcriptUrl(ctx, row),
  });
  if (!decision.post) return;
  const parentId = await livingTrigger(ctx, row);
  const commentId = await writeComment(asAgentOf(ctx, row), {
    issueId: row.issueId,
    kind: "comment",
    author: { type: "agent", id: row.agentId },
    originatorId: row.originatorId,
    sourceTaskId: row.id,
    body: decision.body,
    parentId,
  });
  await dropAnsweredFallbacks(ctx, row.issueId, row.agentId);
  const { attributionFacts } = await causeOf(asAgentOf(ctx, row));
  await routeAs(
    ctx,
    {
      issueId: row.issueId,
      comment: { id: commentId, body: decision.body, parentId },
      suppressAgentIds: [],
      author: { type: "agent", id: row.agentId },
      cause: attributionFacts,
      onlyAgentId: null,
    },
    "write",
  );
}

async function transcriptUrl(ctx: WorkspaceContext, row: TaskRow): Promise<string> {
  const [workspace] = await ctx.sql<{ slug: string }[]>`
    select slug from workspaces where workspace_id = ${ctx.workspaceId}`;
  return `${ctx.services.publicUrl()}/w/${workspace?.slug ?? ctx.workspaceId}/tasks/${row.id}`;
}

/** A trigger that was deleted meanwhile cannot be answered; the answer then starts a thread. */
async function livingTrigger(
  ctx: WorkspaceContext,
  row: TaskRow,
): Promise<TaskRow["triggerCommentId"]> {
  if (row.triggerCommentId === null) return null;
  const [comment] = await ctx.sql`
    select 1 from comments where workspace_id = ${ctx.workspaceId}
      and id = ${row.triggerCommentId} and deleted_at is null`;
  return comment ? row.triggerCommentId : null;
}
