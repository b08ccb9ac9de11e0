import { McpServers } from "@headcount/contract/agents/mcp-servers";
import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/**
 * An agent's MCP servers in plain text, null for those of its machine. They leave the server through
 * two doors only: the audited route for people, and the payload of a claim.
 * @throws when they were sealed with another instance key
 */
export async function readAgentMcpServers(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "services">,
  agentId: AgentId,
): Promise<McpServers | null> {
  const [row] = await ctx.sql<{ mcpServersEncrypted: Buffer | null }[]>`
    select mcp_servers_encrypted from agents
    where workspace_id = ${ctx.workspaceId} and id = ${agentId}`;
  return openMcpServers(ctx, row?.mcpServersEncrypted ?? null);
}

/** @throws when they were sealed with another instance key */
export function openMcpServers(
  { services }: Pick<WorkspaceContext, "services">,
  sealed: Buffer | null,
): McpServers | null {
  if (sealed === null) return null;
  return McpServers.parse(JSON.parse(services.secrets.decrypt(sealed)));
}
