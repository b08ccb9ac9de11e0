import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { startRun } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { withMcpFiles } from "../../core/with-mcp-files.ts";
import { costStateBaseline } from "./cost-state-baseline.ts";
import { createStreamJsonConversation } from "./stream-json-conversation.ts";

/** Drives CLIs that speak Claude Code's stream-json in both directions. */
export const streamJsonDriver: Driver = (spec, options, sink) => {
  const mapper = spec.createMapper({
    model: options.model,
    resumeSessionId: options.resumeSessionId,
    baseline: baselineBeforeRun(spec, options),
    usage: spec.usage,
  });
  return withMcpFiles(spec, options, sink, () =>
    startRun(spec, options, sink, {
      mapper,
      converse: (controls) => createStreamJsonConversation(spec, options, controls),
    }),
  );
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
