import type { CliSpec } from "./cli-spec.ts";
import type { RunOptions } from "./types.ts";

/** Why a run that was given MCP servers cannot start; null when there are none to hand over. */
export function missingMcp(spec: CliSpec, options: RunOptions): string | null {
  const names = Object.keys(options.mcpConfig?.mcpServers ?? {});
  if (names.length === 0) return null;
  return `${spec.title} cannot be given MCP servers for a single run (${names.join(", ")}). Add them to its own configuration and remove them from the agent.`;
}
