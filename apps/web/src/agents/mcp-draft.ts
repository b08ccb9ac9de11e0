import { McpServers } from "@headcount/contract/agents/mcp-servers";

/** What an agent's MCP servers are: those its CLI knows on its machine, exactly some, or none. */
export type McpChoice = "machine" | "these" | "none";

export function storedChoice(names: readonly string[] | null): McpChoice {
  if (names === null) return "machine";
  return names.length === 0 ? "none" : "these";
}

/** Shows how one is written where there is none yet. */
const example: McpServers = {
  "my-server": { command: "npx", args: ["-y", "my-mcp-server"], env: { API_KEY: "" } },
};

export function shownMcpServers(servers: McpServers | null): string {
  return JSON.stringify(servers ?? example, null, 2);
}

/** What would be stored; with or without the member `mcpServers` around it. */
export function readMcpServers(
  choice: McpChoice,
  typed: string | null,
): McpServers | null | "unreadable" {
  if (choice === "machine") return null;
  if (choice === "none") return {};
  const value = parsed(typed ?? shownMcpServers(null));
  const wrapped = typeof value === "object" && value !== null && "mcpServers" in value;
  const servers = McpServers.safeParse(wrapped ? value.mcpServers : value);
  return servers.success ? servers.data : "unreadable";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half-typed, which the field says.
    return null;
  }
}
