import { readFileSync } from "node:fs";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { failedRun } from "../../core/failed-run.ts";
import type { JsonObject } from "../../core/json.ts";
import { refusalOfRun } from "../../core/refusal-of-run.ts";
import type { RunMapper } from "../../core/run-mapper.ts";
import { startRun, type Conversation } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { withMcpFiles } from "../../core/with-mcp-files.ts";

/**
 * Drives programs whose output makes sense only as a whole: one report at the end, or nothing but
 * the answer. There is no talk; the prompt is an argument or all of stdin.
 */
export const bufferedDriver: Driver = (spec, options, sink) => {
  const refusal = refusalOfRun(spec, options);
  if (refusal !== null) return failedRun(refusal.message, sink, refusal.failureClass);
  const mapper = spec.createMapper({
    model: options.model,
    resumeSessionId: options.resumeSessionId,
    baseline: null,
    usage: spec.usage,
  });
  return withMcpFiles(spec, options, sink, () =>
    startRun(spec, options, sink, {
      mapper: withRunLog(mapper, spec, options),
      converse: (controls): Conversation => ({
        open() {
          if (spec.prompt !== "argv") controls.send(stdinOf(options));
          controls.closeInput();
        },
        read: () => undefined,
        askToStop: () => false,
        close: () => undefined,
      }),
    }),
  );
};

function stdinOf({ systemPrompt, prompt }: RunOptions): string {
  return systemPrompt === null ? prompt : `${systemPrompt}\n\n${prompt}`;
}

/** The log is complete once the process has ended, which is when the result is made. */
function withRunLog(mapper: RunMapper, spec: CliSpec, options: RunOptions): RunMapper {
  const file = spec.quirks.runLog?.(options);
  if (file === undefined) return mapper;
  return {
    ...mapper,
    finish(ending) {
      const logged = mapper.acceptSessionFile?.(logLines(file)) ?? [];
      const run = mapper.finish(ending);
      return { ...run, items: [...logged, ...run.items] };
    },
  };
}

function logLines(file: string): readonly JsonObject[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((log) => ({ log }));
  } catch {
    // The program ended before it wrote any.
    return [];
  }
}
