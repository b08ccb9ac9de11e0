import { isJsonObject, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { GivenUp } from "./given-up.ts";

/** What an agent says about the kinds of MCP servers it can reach besides local programs. */
export type McpCapabilities = { readonly http: boolean; readonly sse: boolean };

/**
 * Brings a Claude-shaped `{mcpServers}` into the list that `session/new` takes. Throws on an entry
 * that is malformed or that the agent cannot reach: a run without a tool it was given would fail
 * later and in a less obvious way.
 */
export function acpMcpServers(
  config: { readonly mcpServers: Readonly<Record<string, unknown>> } | null,
  capabilities: McpCapabilities,
): readonly JsonObject[] {
  if (config === null) return [];
  return Object.entries(config.mcpServers).map(([name, entry]) => {
    if (!isJsonObject(entry)) throw unusable(`MCP server "${name}" is not an object.`);
    return stringAt(entry, "command") === null
      ? remoteServer(name, entry, capabilities)
      : localServer(name, entry);
  });
}

function localServer(name: string, entry: JsonObject): JsonObject {
  const args = entry["args"] ?? [];
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === "string")) {
    throw unusable(`MCP server "${name}" has arguments that are not a list of texts.`);
  }
  return { name, command: entry["command"], args, env: pairs(name, objectAt(entry, "env")) };
}

function remoteServer(name: string, entry: JsonObject, capabilities: McpCapabilities): JsonObject {
  const url = stringAt(entry, "url");
  if (url === null) throw unusable(`MCP server "${name}" has neither a command nor a URL.`);
  const type = stringAt(entry, "type") === "sse" ? "sse" : "http";
  if (!capabilities[type])
    throw unusable(`The agent cannot reach MCP server "${name}" over ${type}.`);
  return { type, name, url, headers: pairs(name, objectAt(entry, "headers")) };
}

function pairs(server: string, values: JsonObject): readonly JsonObject[] {
  return Object.entries(values).map(([name, value]) => {
    if (typeof value !== "string") throw unusable(`MCP server "${server}": ${name} is not a text.`);
    return { name, value };
  });
}

function unusable(message: string): GivenUp {
  return new GivenUp({ message, failureClass: "missing_config" });
}
