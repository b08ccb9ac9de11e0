import { z } from "zod";

/** What the list of agents shows, as it stands in the address. */
export const AgentsSearch = z.object({
  archived: z.boolean().optional().catch(undefined),
  text: z.string().max(100).optional().catch(undefined),
});
export type AgentsSearch = z.infer<typeof AgentsSearch>;

export const agentTabs = [
  "overview",
  "tasks",
  "instructions",
  "skills",
  "run",
  "environment",
  "mcp",
  "access",
] as const;

/** The open tab of an agent's page. */
export const AgentPageSearch = z.object({
  tab: z.enum(agentTabs).optional().catch(undefined),
});
export type AgentTab = (typeof agentTabs)[number];
