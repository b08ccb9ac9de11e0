import type { AssigneeInput } from "@headcount/contract/kit/actors";
import type { AgentId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { personMayInvoke } from "../tasks/agent-verdicts.ts";
import { readTargetAgent } from "../tasks/read-target-agent.ts";

/**
 * Refuses an assignee that is not there or that the caller's human may not give work, before
 * anything is written. A closed agent answers exactly like a missing one.
 */
export async function assertAssignable(
  ctx: WorkspaceContext,
  assignee: AssigneeInput,
): Promise<void> {
  if (assignee.type === "member") return assertMember(ctx, assignee.id);
  const agent = await readTargetAgent(ctx, assignee.id as AgentId);
  const allowed =
    agent !== null &&
    agent.archivedAt === null &&
    (await personMayInvoke(ctx, agent, effectiveUserId(ctx.actor)));
  if (allowed) return;
  throw new AppError(
    "forbidden",
    "This agent is not available to you. Ask its owner for access, or choose another one.",
    {
      reason: "agent_not_available",
    },
  );
}

async function assertMember(ctx: WorkspaceContext, userId: string): Promise<void> {
  const [row] =
    await ctx.sql`select 1 from members where workspace_id = ${ctx.workspaceId} and user_id = ${userId}`;
  if (row) return;
  throw new AppError("invalid", "The assignee is not a member of this workspace.", {
    reason: "validation",
    details: { fields: [{ path: "assignee", message: "is not a member" }] },
  });
}
