import type { McpServer, McpServers } from "@headcount/contract/agents/mcp-servers";
import { keptValue } from "./environment-rules.ts";

/** The values of a server that are secrets by what they are for: variables and headers. */
export function mcpSecrets(servers: McpServers): readonly string[] {
  return Object.values(servers).flatMap((server) => Object.values(namedValues(server)));
}

/**
 * Puts what is stored in the place of every kept value of a variable or a header. One that is not
 * stored has nothing to keep and is left out.
 */
export function withKeptSecrets(servers: McpServers, stored: McpServers | null): McpServers {
  return Object.fromEntries(
    Object.entries(servers).map(([name, server]) => {
      const earlier = storedValues(server, stored?.[name]);
      const values = Object.entries(namedValues(server)).flatMap(([key, value]) => {
        const kept = value === keptValue ? earlier[key] : value;
        return kept === undefined ? [] : [[key, kept] as const];
      });
      return [name, withValues(server, Object.fromEntries(values))];
    }),
  );
}

function namedValues(server: McpServer): Readonly<Record<string, string>> {
  return ("command" in server ? server.env : server.headers) ?? {};
}

/** A variable of a program is no header of an address. */
function storedValues(
  server: McpServer,
  earlier: McpServer | undefined,
): Readonly<Record<string, string>> {
  if (earlier === undefined || "command" in earlier !== "command" in server) return {};
  return namedValues(earlier);
}

function withValues(server: McpServer, values: Record<string, string>): McpServer {
  if ("command" in server) return server.env === undefined ? server : { ...server, env: values };
  return server.headers === undefined ? server : { ...server, headers: values };
}
