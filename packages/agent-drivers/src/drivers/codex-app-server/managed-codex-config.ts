import { isJsonObject, type JsonObject } from "../../core/json.ts";

const begin = "# >>> managed by headcount";
const end = "# <<< managed by headcount";

/**
 * Takes the user's `config.toml`, removes its skill settings and any earlier managed block, and
 * puts the managed MCP servers in the place of its own; null keeps those. Throws when a server is
 * not an object.
 */
export function managedCodexConfig(
  base: string,
  servers: Readonly<Record<string, unknown>> | null,
): string {
  if (servers === null) return withoutManaged(base, skillTable);
  const tables = Object.entries(servers).map(([name, server]) => {
    if (!isJsonObject(server)) throw new Error(`MCP server ${name} is malformed`);
    return serverTable(name, server);
  });
  return [withoutManaged(base, serverOrSkillTable).trimEnd(), "", begin, ...tables, end, ""].join(
    "\n",
  );
}

const skillTable = /^skills\s*\.\s*config(\s*\.|$)/;
const serverOrSkillTable = /^("?mcp_servers"?|skills\s*\.\s*config)(\s*\.|$)/;

function withoutManaged(base: string, leftOut: RegExp): string {
  const kept: string[] = [];
  let inBlock = false;
  let inTable = false;
  for (const line of base.split("\n")) {
    if (line.trim() === begin) inBlock = true;
    const table = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line);
    if (table !== null) inTable = leftOut.test(table[1] ?? "");
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
