import { arrayAt, isJsonObject, type JsonObject, objectAt, stringAt } from "../core/json.ts";
import { createJsonRpcPeer, JsonRpcError, methodNotFound } from "../core/json-rpc-peer.ts";
import { openLocalTransport } from "./local-transport.ts";
import { openRemoteTransport } from "./remote-transport.ts";

/** One tool of a server. */
export type McpTool = {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly inputSchema: JsonObject;
};

export type McpToolResult = { readonly content: readonly JsonObject[]; readonly isError: boolean };

export type McpClient = {
  readonly tools: readonly McpTool[];
  call(tool: string, input: unknown, signal?: AbortSignal): Promise<McpToolResult>;
  close(): void;
};

const protocolVersion = "2025-06-18";
const openingMs = 30_000;
/** As long as a tool of an agent may be silent. */
const callMs = 2 * 3_600_000;

/**
 * Connects to one server and learns its tools. Rejects where it cannot be reached: work that needs
 * the tools would fail later and in a less obvious way.
 */
export async function connectToMcpServer(name: string, server: JsonObject): Promise<McpClient> {
  const open = stringAt(server, "command") === null ? openRemoteTransport : openLocalTransport;
  const transport = open(server, {
    onMessage: (message) => void peer.accept(message),
    onEnd: (reason) => peer.close(`MCP server "${name}": ${reason}.`),
  });
  const peer = createJsonRpcPeer({
    send: (line) => transport.send(line),
    onNotification: () => undefined,
    onRequest(method) {
      if (method === "ping") return {};
      throw new JsonRpcError(methodNotFound, `${method} is not offered`);
    },
  });
  const ask = async (method: string, params: unknown, limitMs: number): Promise<JsonObject> => {
    const result = await peer.request(method, params, limitMs);
    return isJsonObject(result) ? result : {};
  };
  const close = (): void => {
    peer.close("closed");
    transport.close();
  };
  try {
    const clientInfo = { name: "headcount", version: "1" };
    await ask("initialize", { protocolVersion, capabilities: {}, clientInfo }, openingMs);
    peer.notify("notifications/initialized");
    const tools = await listTools((params) => ask("tools/list", params, openingMs));
    return {
      tools,
      close,
      async call(tool, input) {
        const result = await ask("tools/call", { name: tool, arguments: input }, callMs);
        const content = arrayAt(result, "content").filter(isJsonObject);
        return { content, isError: result["isError"] === true };
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** All pages of the list. */
async function listTools(
  ask: (params: JsonObject) => Promise<JsonObject>,
): Promise<readonly McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | null = null;
  do {
    const page: JsonObject = await ask(cursor === null ? {} : { cursor });
    for (const tool of arrayAt(page, "tools").filter(isJsonObject)) {
      const name = stringAt(tool, "name");
      if (name === null) continue;
      const description = stringAt(tool, "description") ?? name;
      tools.push({ name, description, inputSchema: objectAt(tool, "inputSchema") });
    }
    cursor = stringAt(page, "nextCursor");
  } while (cursor !== null);
  return tools;
}
