import type { RunningAgent, RunSink } from "./driver.ts";
import type { FailureClass, RunResult } from "./types.ts";

/** A run that failed before anything could be started, for instance on malformed settings. */
export function failedRun(
  error: unknown,
  sink: RunSink,
  failureClass: FailureClass = "missing_config",
): RunningAgent {
  const message = error instanceof Error ? error.message : String(error);
  const result: RunResult = {
    status: "failed",
    answer: "",
    error: message,
    failureClass,
    sessionId: null,
    resumeRejected: false,
    sessionRetired: false,
    retryAfterMs: null,
    coverage: { level: "exact", reason: "" },
    usage: [],
  };
  sink({ type: "error", message });
  return {
    pid: null,
    silentForMs: () => 0,
    cancel: () => Promise.resolve(),
    result: Promise.resolve(result),
  };
}
