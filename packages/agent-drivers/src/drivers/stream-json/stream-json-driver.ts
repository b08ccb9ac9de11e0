import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claudeMcpFile } from "../../clis/claude.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { failedRun } from "../../core/failed-run.ts";
import { startRun } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { costStateBaseline } from "./cost-state-baseline.ts";
import { createStreamJsonConversation } from "./stream-json-conversation.ts";

/** Drives CLIs that speak Claude Code's stream-json in both directions. */
export const streamJsonDriver: Driver = (spec, options, sink) => {
  let mcpFile: string | null;
  try {
    mcpFile = writeMcpFile(options);
  } catch (error) {
    return failedRun(error, sink);
  }
  const mapper = spec.createMapper({
    model: options.model,
    resumeSessionId: options.resumeSessionId,
    baseline: baselineBeforeRun(spec, options),
    usage: spec.usage,
  });
  const agent = startRun(spec, options, sink, {
    mapper,
    converse: (controls) => createStreamJsonConversation(spec, options, controls),
  });
  const result = agent.result.finally(() => {
    if (mcpFile !== null) rmSync(mcpFile, { force: true });
  });
  return { ...agent, result };
};

/** The CLI's saved totals; its own answer replaces them when it gives one in time. */
function baselineBeforeRun(
  spec: CliSpec,
  options: RunOptions,
): ReturnType<typeof costStateBaseline> {
  const sessionId = options.resumeSessionId;
  if (sessionId === null) return null;
  return costStateBaseline(spec.quirks.sessionFiles?.(options, sessionId) ?? []);
}

/** Managed servers may carry secrets: the file is readable for its owner only and goes with the run. */
function writeMcpFile(options: RunOptions): string | null {
  if (options.mcpConfig === null) return null;
  const file = join(options.privateDirectory, claudeMcpFile);
  writeFileSync(file, JSON.stringify(options.mcpConfig), { mode: 0o600 });
  return file;
}
