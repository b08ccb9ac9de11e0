import { agents } from "@headcount/contract/agents/routes";
import { query } from "../platform/command.ts";
import { getAgent } from "./read-agents.ts";

export const getAgentQuery = query(agents.get, (ctx, input) => getAgent(ctx, input.agentId));
