import type { AgentId, DaemonId, UserId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { lockIssuesOfWork } from "../tasks/lock-issues-of-work.ts";
import { archiveAgent } from "./archive-agent.ts";
import { emitAgent } from "./emit-agent.ts";
import { clearRuntimesOf, deleteAllowedMember } from "./store.ts";

/**
 * What happens to agents when a person leaves: theirs are archived, other people's lose the runtimes
 * that leave with the person, and lists forget the person.
 */
export const endAgentsOfMember: Reaction<"member.removed"> = async (ctx, change) => {
  // The entity of a member's change is the person.
  const userId = change.entity.id as UserId;
  await lockIssuesOfMember(ctx, userId);
  const owned = await ctx.sql<{ id: AgentId; isOwned: boolean }[]>`
    select a.id, a.owner_id = ${userId} as is_owned from agents a
    where a.workspace_id = ${ctx.workspaceId} and (
      (a.owner_id = ${userId} and a.archived_at is null)
      or a.runtime_id in (select r.id from runtimes r
        where r.workspace_id = ${ctx.workspaceId} and r.owner_id = ${userId}))
    order by a.id for update`;
  for (const agent of await clearRuntimesOf(ctx, userId)) {
    emitAgent(ctx, "agent.updated", agent, ["runtimeId"]);
  }
  for (const agent of owned) if (agent.isOwned) await archiveAgent(ctx, agent.id);
  await deleteAllowedMember(ctx, userId);
};

/** What ends with a membership: the work of the person's agents, on their machines, and for them. */
async function lockIssuesOfMember(ctx: WorkspaceContext, userId: UserId): Promise<void> {
  const [agents, machines] = await Promise.all([
    ctx.sql<{ id: AgentId }[]>`
      select id from agents where workspace_id = ${ctx.workspaceId} and owner_id = ${userId}`,
    ctx.sql<{ daemonId: DaemonId }[]>`
      select distinct daemon_id from runtimes
      where workspace_id = ${ctx.workspaceId} and owner_id = ${userId} and removed_at is null`,
  ]);
  await lockIssuesOfWork(ctx, [
    { originatorId: userId },
    ...agents.map(({ id }) => ({ agentId: id })),
    ...machines.map(({ daemonId }) => ({ daemonId })),
  ]);
}
