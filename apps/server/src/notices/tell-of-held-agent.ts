import type { AgentId, UserId } from "@headcount/contract/kit/ids";
import { describeNotice } from "@headcount/domain/notices/describe-notice";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import type { Reaction } from "../platform/command.ts";
import { tellPeople } from "./tell-people.ts";

type HeldRow = {
  name: string;
  ownerId: UserId;
  access: string;
  detail: string;
  facts: Readonly<Record<string, string | number | null>>;
};

/** The guard holds an agent: its owner and the admins hear of it, with what was seen. */
export const tellOfHeldAgent: Reaction<"runaway.held"> = async (ctx, change) => {
  const { kind } = change.data;
  const agentId = change.data.agentId as AgentId;
  const [held] = await ctx.sql<HeldRow[]>`
    select a.name, a.owner_id, a.access, h.detail, h.facts from runaway_holds h
    join agents a on a.workspace_id = h.workspace_id and a.id = h.agent_id
    where h.workspace_id = ${ctx.workspaceId} and h.id = ${change.entity.id}`;
  if (!held) return;
  const { name: agentName, detail, facts } = held;
  const subject = { kind: "agent", id: agentId } as const;
  const seen = { type: "agent_held", kind, facts } as const;
  const notice = { ...describeNotice({ ...seen, agentName, detail }), subject };
  const unnamed = describeNotice({
    ...seen,
    agentName: privateAgentName,
    detail: detail.replaceAll(agentName, privateAgentName),
  });
  const inPublic = held.access === "workspace" ? notice : { ...unnamed, subject };
  await tellPeople(ctx, notice, { concerned: [held.ownerId], inPublic });
};
