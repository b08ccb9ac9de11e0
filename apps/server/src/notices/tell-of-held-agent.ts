import type { AgentId, UserId } from "@headcount/contract/kit/ids";
import { describeNotice } from "@headcount/domain/notices/describe-notice";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import type { Reaction } from "../platform/command.ts";
import { tellPeople } from "./tell-people.ts";

/** The guard holds an agent: its owner and the admins hear of it, with what was seen. */
export const tellOfHeldAgent: Reaction<"runaway.held"> = async (ctx, change) => {
  const { kind } = change.data;
  const agentId = change.data.agentId as AgentId;
  const [held] = await ctx.sql<{ name: string; ownerId: UserId; access: string; detail: string }[]>`
    select a.name, a.owner_id, a.access, h.detail from runaway_holds h
    join agents a on a.workspace_id = h.workspace_id and a.id = h.agent_id
    where h.workspace_id = ${ctx.workspaceId} and h.id = ${change.entity.id}`;
  if (!held) return;
  const { name: agentName, detail } = held;
  const subject = { kind: "agent", id: agentId } as const;
  const notice = { ...describeNotice({ type: "agent_held", agentName, kind, detail }), subject };
  const unnamed = describeNotice({
    type: "agent_held",
    kind,
    agentName: privateAgentName,
    detail: detail.replaceAll(agentName, privateAgentName),
  });
  const inPublic = held.access === "workspace" ? notice : { ...unnamed, subject };
  await tellPeople(ctx, notice, { concerned: [held.ownerId], inPublic });
};
