import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { isJsonObject, type JsonObject } from "../core/json.ts";
import type { LentFile } from "../core/lent-files.ts";
import { type McpConfig, mcpFileOf } from "../core/mcp-config.ts";
import type { RunOptions } from "../core/types.ts";

/** OpenClaw reads this configuration, which includes the person's own: `gateway/config-secrets-env`. */
export function openclawMcpFiles(options: RunOptions, config: McpConfig): readonly LentFile[] {
  const own = ownConfiguration(options);
  const servers = Object.fromEntries(
    Object.entries(config.mcpServers).map(([name, server]) => [name, serverOf(server)]),
  );
  const wrapped = { ...(existsSync(own) ? { $include: own } : {}), mcp: { servers } };
  return [{ path: mcpFileOf(options), text: JSON.stringify(wrapped) }];
}

/** Leads it there, and lets it read the person's configuration from outside of that folder. */
export function openclawMcpEnvironment(options: RunOptions): Readonly<Record<string, string>> {
  if (options.mcpConfig === null) return {};
  return {
    OPENCLAW_CONFIG_PATH: mcpFileOf(options),
    OPENCLAW_INCLUDE_ROOTS: dirname(ownConfiguration(options)),
  };
}

function ownConfiguration({ environment }: RunOptions): string {
  const home = environment["HOME"] ?? homedir();
  const state = environment["OPENCLAW_STATE_DIR"] ?? join(home, ".openclaw");
  return environment["OPENCLAW_CONFIG_PATH"] ?? join(state, "openclaw.json");
}

/** Its word for the kind of a remote server is `transport`. */
function serverOf(server: unknown): JsonObject {
  if (!isJsonObject(server)) return {};
  const { type, ...rest } = server;
  if (!("url" in rest)) return rest;
  return { ...rest, transport: type === "sse" ? "sse" : "streamable-http" };
}
