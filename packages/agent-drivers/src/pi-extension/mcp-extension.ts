import { readFileSync } from "node:fs";
import {
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
} from "../core/json.ts";
import {
  connectToMcpServer,
  type McpClient,
  type McpTool,
  type McpToolResult,
} from "./mcp-client.ts";
import { mcpServersVariable } from "./mcp-servers-variable.ts";

/** What this extension uses of Pi's own, see `docs/extensions.md` of its package. */
type PiExtensions = {
  registerTool(tool: {
    readonly name: string;
    readonly label: string;
    readonly description: string;
    readonly parameters: JsonObject;
    readonly execute: (callId: string, input: unknown) => Promise<PiToolResult>;
  }): void;
  on(event: "session_shutdown", handler: () => void): void;
};

type PiToolResult = { readonly content: readonly JsonObject[]; readonly details: undefined };

/**
 * Gives Pi the tools of MCP servers, which it does not know by itself. Runs inside of Pi. A server
 * that cannot be reached makes Pi refuse to start, because it counts as an extension that is broken.
 */
// oxlint-disable-next-line import/no-default-export -- Pi calls what a module exports as default
export default async function addMcpTools(pi: PiExtensions): Promise<void> {
  const file = process.env[mcpServersVariable];
  if (file === undefined) return;
  const servers = objectAt(parseJsonObject(readFileSync(file, "utf8")) ?? {}, "mcpServers");
  const clients = await Promise.all(
    Object.entries(servers).map(async ([name, server]) => {
      const client = await connectToMcpServer(name, isJsonObject(server) ? server : {});
      for (const tool of client.tools) pi.registerTool(toolOf(name, tool, client));
      return client;
    }),
  );
  pi.on("session_shutdown", () => {
    for (const client of clients) client.close();
  });
}

/** Providers take at most this many characters. */
const longestName = 64;

function toolOf(
  server: string,
  tool: McpTool,
  client: McpClient,
): Parameters<PiExtensions["registerTool"]>[0] {
  const name = `mcp__${server}__${tool.name}`.replaceAll(/[^A-Za-z0-9_-]/g, "_");
  return {
    name: name.slice(0, longestName),
    label: `${server}: ${tool.name}`,
    description: tool.description,
    parameters: { type: "object", ...tool.inputSchema },
    execute: async (_callId, input) => shown(await client.call(tool.name, input)),
  };
}

/** @throws what the server says of a failure: Pi tells failed calls by that alone */
function shown({ content, isError }: McpToolResult): PiToolResult {
  const parts = content.map((part) =>
    part["type"] === "text" || part["type"] === "image"
      ? part
      : { type: "text", text: JSON.stringify(part) },
  );
  if (!isError) return { content: parts, details: undefined };
  throw new Error(parts.map((part) => stringAt(part, "text") ?? "").join("\n"));
}
