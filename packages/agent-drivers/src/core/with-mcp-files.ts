import type { CliSpec } from "./cli-spec.ts";
import type { RunningAgent, RunSink } from "./driver.ts";
import { failedRun } from "./failed-run.ts";
import { lendFiles } from "./lent-files.ts";
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
