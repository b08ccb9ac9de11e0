import { type GuardVerdict, guardWindowMs } from "@headcount/domain/tasks/loop-guards";
import { writeSystemComment } from "../comments/write-comment.ts";
import { writeActivities } from "../issues/write-activity.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { AdmittedRequest } from "./enqueue-request.ts";

/** Says once per issue and window, visibly, that a guard stopped something and how to go on. */
export async function noteGuardTrip(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  guard: Extract<GuardVerdict, { ok: false }>,
): Promise<void> {
  const { issueId } = request;
  if (issueId === null) return;
  const since = new Date(ctx.now.getTime() - guardWindowMs);
  const [noted] = await ctx.sql`
    select 1 from activities where workspace_id = ${ctx.workspaceId} and issue_id = ${issueId}
      and action = 'guard_tripped' and created_at > ${since} limit 1`;
  if (noted) return;
  const platform: WorkspaceContext = { ...ctx, actor: { kind: "system", job: "loop-guards" } };
  await writeActivities(platform, issueId, [
    {
      action: "guard_tripped",
      details: {
        reason: guard.reason,
        limit: guard.limit,
        agentId: request.agent.id,
        // The run that a person can continue.
        taskId: ctx.actor.kind === "agent" ? ctx.actor.taskId : null,
      },
    },
  ]);
  await writeSystemComment(platform, issueId, guard.notice);
}
