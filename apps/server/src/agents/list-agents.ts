import { agents } from "@headcount/contract/agents/routes";
import { query } from "../platform/command.ts";
import { readAgents } from "./read-agents.ts";

export const listAgents = query(agents.list, async (ctx, input) => ({
  items: await readAgents(ctx, { archived: input.archived ?? false }),
}));
