import type { AgentId, UserId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
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
