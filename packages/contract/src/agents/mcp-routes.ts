import { z } from "zod";
import { AgentId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { McpServers } from "./mcp-servers.ts";

const agentPath = { ...workspacePath, agentId: AgentId };

export const agentMcp = {
  get: route({
    name: "agents.get-mcp-servers",
    method: "GET",
    path: "/api/w/:workspace/agents/:agentId/mcp",
    summary: "The agent's MCP servers with their secrets, null for those of its machine; audited",
    access: "member_human",
    input: z.object(agentPath),
    output: z.object({ mcpServers: McpServers.nullable() }),
    reasons: ["role_required"],
  }),
  set: route({
    name: "agents.set-mcp-servers",
    method: "PUT",
    path: "/api/w/:workspace/agents/:agentId/mcp",
    summary:
      "Replace the agent's MCP servers; null gives it those of its machine, the value **** keeps a stored secret",
    access: "member_human",
    input: z.object({ ...agentPath, mcpServers: McpServers.nullable() }),
    output: z.object({ mcpServerNames: z.array(z.string()).nullable() }),
    reasons: ["role_required"],
  }),
};
