import { isJsonObject, type JsonObject } from "../../core/json.ts";

const begin = "# >>> managed by headcount";
const end = "# <<< managed by headcount";

/**
 * Takes the user's `config.toml`, removes its own MCP servers, skill settings and any earlier
 * managed block, and adds the managed servers. Throws when a server is not an object.
 */
export function managedCodexConfig(
  base: string,
  servers: Readonly<Record<string, unknown>>,
): string {
  const tables = Object.entries(servers).map(([name, server]) => {
    if (!isJsonObject(server)) throw new Error(`MCP server ${name} is malformed`);
    return serverTable(name, server);
  });
  return [withoutManaged(base).trimEnd(), "", begin, ...tables, end, ""].join("\n");
}

function withoutManaged(base: string): string {
  const kept: string[] = [];
  let inBlock = false;
  let inTable = false;
  for (const line of base.split("\n")) {
    if (line.trim() === begin) inBlock = true;
    const table = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line);
    if (table !== null)
      inTable = /^("?mcp_servers"?|skills\s*\.\s*config)(\s*\.|$)/.test(table[1] ?? "");
    if (!inBlock && !inTable) kept.push(line);
    if (line.trim() === end) inBlock = false;
  }
  return kept.join("\n");
}

function serverTable(name: string, server: JsonObject): string {
  // Headers have another name here, and the kind of transport is not written down.
  const { type: _type, headers, ...rest } = server;
  const members = headers === undefined ? rest : { ...rest, http_headers: headers };
  const lines = Object.entries(members).map(
    ([key, value]) => `${tomlKey(key)} = ${tomlValue(value)}`,
  );
  return [`[mcp_servers.${tomlKey(name)}]`, ...lines].join("\n");
}

function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => tomlValue(entry)).join(", ")}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(
      ([key, entry]) => `${tomlKey(key)} = ${tomlValue(entry)}`,
    );
    return `{ ${members.join(", ")} }`;
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return JSON.stringify(String(value));
}
