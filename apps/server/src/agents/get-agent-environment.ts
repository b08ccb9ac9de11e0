import { agents } from "@headcount/contract/agents/routes";
import { command } from "../platform/command.ts";
import { readAgentEnvironment } from "./environment.ts";
import { getAllowedRow } from "./lock-agent.ts";

/** A command although it reads: that somebody looked is written down. */
export const getAgentEnvironment = command(agents.getEnvironment, async (ctx, input) => {
  const agent = await getAllowedRow(ctx, input.agentId, "agent.environment");
  const variables = await readAgentEnvironment(ctx, agent.id);
  await ctx.audit({
    action: "agent.environment_revealed",
    target: agent.id,
    details: { names: Object.keys(variables) },
  });
  return { variables };
});
