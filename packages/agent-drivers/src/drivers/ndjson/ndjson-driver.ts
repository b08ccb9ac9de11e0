import type { Driver } from "../../core/driver.ts";
import { failedRun } from "../../core/failed-run.ts";
import { refusalOfRun } from "../../core/refusal-of-run.ts";
import { startRun, type Conversation } from "../../core/start-run.ts";
import { withMcpFiles } from "../../core/with-mcp-files.ts";

/**
 * Drives CLIs that read one prompt from stdin, or have it in their arguments, write one event per
 * line and end.
 */
export const ndjsonDriver: Driver = (spec, options, sink) => {
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
      mapper,
      converse: (controls): Conversation => ({
        open() {
          if (spec.prompt !== "argv") controls.send(options.prompt);
          controls.closeInput();
        },
        read: () => undefined,
        askToStop: () => false,
        close: () => undefined,
      }),
    }),
  );
};
