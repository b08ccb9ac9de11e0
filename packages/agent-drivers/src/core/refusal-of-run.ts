import type { CliSpec } from "./cli-spec.ts";
import type { FailureClass, RunOptions } from "./types.ts";

export type RunRefusal = { readonly message: string; readonly failureClass: FailureClass };

/**
 * Linux takes no single argument beyond 128 KiB, whatever the total; starting a program with a
 * longer one throws. A little is left for what a row puts around a prompt.
 */
const longestArgumentBytes = 120 * 1024;

/** Why a one-way program cannot be started with these options; null when it can. */
export function refusalOfRun(spec: CliSpec, options: RunOptions): RunRefusal | null {
  const names = Object.keys(options.mcpConfig?.mcpServers ?? {});
  if (names.length > 0 && spec.mcp === "none") {
    const message = `${spec.title} cannot be given MCP servers for a single run (${names.join(", ")}). Add them to its own configuration and remove them from the agent.`;
    return { message, failureClass: "missing_config" };
  }
  const promptBytes = Buffer.byteLength(`${options.systemPrompt ?? ""}${options.prompt}`);
  if (spec.prompt !== "argv" || promptBytes <= longestArgumentBytes) return null;
  const message = `${spec.title} takes its assignment as an argument only, and this one is longer than the system allows (${promptBytes} bytes).`;
  return { message, failureClass: "process_failure" };
}
