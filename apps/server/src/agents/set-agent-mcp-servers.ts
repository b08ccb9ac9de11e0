import { isDeepStrictEqual } from "node:util";
import type { McpServers } from "@headcount/contract/agents/mcp-servers";
import { agentMcp } from "@headcount/contract/agents/mcp-routes";
import { withKeptSecrets } from "@headcount/domain/agents/mcp-secrets";
import { command } from "../platform/command.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { readAgentMcpServers } from "./mcp-servers.ts";
import { updateAgentMcpServers } from "./store.ts";

export const setAgentMcpServers = command(agentMcp.set, async (ctx, input) => {
  const agent = await lockAgent(ctx, input.agentId, "agent.environment");
  const stored = await readAgentMcpServers(ctx, agent.id);
  const wanted = input.mcpServers && withKeptSecrets(input.mcpServers, stored);
  const mcpServerNames = namesOf(wanted);
  if (isDeepStrictEqual(wanted, stored)) return { mcpServerNames };
  const sealed = ctx.services.secrets.encrypt(JSON.stringify(wanted));
  const revision = await updateAgentMcpServers(
    ctx,
    agent.id,
    mcpServerNames && { names: mcpServerNames, sealed },
  );
  emitAgent(ctx, "agent.updated", { id: agent.id, revision }, ["mcpServers"]);
  await ctx.audit({
    action: "agent.mcp_servers_changed",
    target: agent.id,
    details: { names: mcpServerNames, earlier: namesOf(stored) },
  });
  return { mcpServerNames };
});

function namesOf(servers: McpServers | null): string[] | null {
  return servers && Object.keys(servers).toSorted();
}
