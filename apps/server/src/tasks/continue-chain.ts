import type { AgentId, CommentId, IssueId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import { lockIssue } from "../issues/lock-issue.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { causeOf } from "./cause-of.ts";
import { routeAs } from "./plan-comment-triggers.ts";
import { getTask } from "./read-tasks.ts";

/**
 * Goes on where a loop guard stopped a chain: what the named run asked other agents for, and was
 * refused, is asked again by the person who continues. That starts a new chain. Guards speak up
 * once an hour, so a chain that was stopped again goes on from the same place.
 */
export const continueChain = command(tasks.continueChain, async (ctx, input) => {
  const task = await getTask(ctx, input.taskId);
  const issue = await lockIssue(ctx, task.issueId);
  if (issue.deletedAt !== null) throw notFound("issue");
  const { attributionFacts } = await causeOf(ctx);
  for (const { id, body, parentId, authorId } of await readUnheard(ctx, task)) {
    const verdicts = await routeAs(
      ctx,
      {
        issueId: task.issueId,
        comment: { id, body, parentId },
        suppressAgentIds: [],
        author: { type: "agent", id: authorId },
        cause: attributionFacts,
        onlyAgentId: null,
      },
      "write",
    );
    const started = verdicts.find((verdict) => verdict.taskId !== null);
    if (!started?.taskId) continue;
    await ctx.audit({ action: "task.continued", target: task.id });
    return getTask(ctx, started.taskId);
  }
  throw new AppError("conflict", "Nothing that this run asked for was stopped.", {
    reason: "task.nothing_stopped",
  });
});

type Unheard = {
  readonly id: CommentId;
  readonly body: string;
  readonly parentId: CommentId | null;
  readonly authorId: AgentId;
};

/** Comments of the run, and of runs after it, that no task has taken up; its own first, then newest. */
function readUnheard(
  ctx: WorkspaceContext,
  task: { readonly id: string; readonly issueId: IssueId; readonly queuedAt: string },
): Promise<Unheard[]> {
  return ctx.sql<Unheard[]>`
    select c.id, c.body, c.parent_id, c.author_id from comments c
    where c.workspace_id = ${ctx.workspaceId} and c.issue_id = ${task.issueId}
      and c.author_type = 'agent' and c.source_task_id is not null and c.deleted_at is null
      and (c.source_task_id = ${task.id} or c.created_at > ${task.queuedAt})
      and not exists (select 1 from tasks t where t.workspace_id = c.workspace_id
        and t.issue_id = c.issue_id
        and (t.trigger_comment_id = c.id or c.id = any(t.planned_comment_ids)))
    order by c.source_task_id = ${task.id} desc, c.created_at desc, c.id desc`;
}
