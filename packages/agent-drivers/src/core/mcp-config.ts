import { join } from "node:path";
import type { LentFile } from "./lent-files.ts";
import type { RunOptions } from "./types.ts";

/** The MCP servers of one run, in the shape that Claude Code made common. */
export type McpConfig = NonNullable<RunOptions["mcpConfig"]>;

/** Where the servers of a run stand for CLIs that are told of a file. */
export function mcpFileOf({ privateDirectory }: RunOptions): string {
  return join(privateDirectory, "mcp", "servers.json");
}

/** The servers as they came. */
export function plainMcpFile(options: RunOptions, config: McpConfig): readonly LentFile[] {
  return [{ path: mcpFileOf(options), text: JSON.stringify(config) }];
}
