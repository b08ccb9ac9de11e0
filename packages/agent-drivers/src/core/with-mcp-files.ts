import { rmSync } from "node:fs";
import { join } from "node:path";
import type { CliSpec } from "./cli-spec.ts";
import type { RunningAgent, RunSink } from "./driver.ts";
import { failedRun } from "./failed-run.ts";
import { lendFiles, takeBackFiles } from "./lent-files.ts";
import type { RunOptions } from "./types.ts";

/** Starts a run with the files in which its CLI finds the MCP servers, and removes them at its end. */
export function withMcpFiles(
  spec: CliSpec,
  options: RunOptions,
  sink: RunSink,
  start: () => RunningAgent,
): RunningAgent {
  const { mcpConfig } = options;
  if (mcpConfig === null || spec.mcpFiles === undefined) return start();
  let takeBack: () => void;
  try {
    takeBack = lendFiles(spec.mcpFiles(options, mcpConfig), options);
  } catch (error) {
    return failedRun(error, sink);
  }
  const agent = start();
  return { ...agent, result: agent.result.finally(takeBack) };
}

/** Removes the servers that a run has left which was killed, with their secrets. */
export function takeBackMcpFiles(spec: CliSpec, options: RunOptions): void {
  takeBackFiles(spec.mcpFiles?.(options, { mcpServers: {} }) ?? [], options);
  const home = spec.context.privateHome;
  if (spec.mcp !== "private-home" || home === undefined) return;
  rmSync(join(options.privateDirectory, home.folder, "config.toml"), { force: true });
}
