import type { Agent } from "@headcount/contract/agents/schemas";

/** What every tab of an agent's page receives. */
export type AgentTabProps = { readonly agent: Agent; readonly mayEdit: boolean };
