import { agentMcp } from "@headcount/contract/agents/mcp-routes";
import { command } from "../platform/command.ts";
import { getAllowedRow } from "./lock-agent.ts";
import { readAgentMcpServers } from "./mcp-servers.ts";

/** A command although it reads: that somebody looked is written down. */
export const getAgentMcpServers = command(agentMcp.get, async (ctx, input) => {
  const agent = await getAllowedRow(ctx, input.agentId, "agent.environment");
  const mcpServers = await readAgentMcpServers(ctx, agent.id);
  await ctx.audit({
    action: "agent.mcp_servers_revealed",
    target: agent.id,
    details: { names: Object.keys(mcpServers ?? {}) },
  });
  return { mcpServers };
});
