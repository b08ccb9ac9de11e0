import { classifyFailure } from "./error-classifier.ts";
import type { StreamEnding } from "./run-mapper.ts";
import type { FiredWatchdog, RunResult } from "./types.ts";

export type EndedRun = Pick<RunResult, "status" | "error" | "failureClass">;

/** What a run is that ended without its CLI's terminal event. It is never a success. */
export function failureOfEnding(ending: StreamEnding): EndedRun {
  switch (ending.cause) {
    case "cancelled":
      return { status: "cancelled", error: "The run was stopped.", failureClass: null };
    case "timeout":
      return {
        status: "timeout",
        error: sentenceOf(ending.watchdog, "The run reached its time limit."),
        failureClass: "agent_timeout",
      };
    case "idle_watchdog":
      return {
        status: "idle_watchdog",
        error: sentenceOf(ending.watchdog, "The agent was silent for too long."),
        failureClass: "agent_timeout",
      };
    case "transport":
    case "ended":
      return failed(ending);
  }
}

/** Says which limit it was, for people who read why a run was ended. */
function sentenceOf(fired: FiredWatchdog | undefined, otherwise: string): string {
  if (fired === undefined) return otherwise;
  const limit = spanOf(fired.limitMs);
  switch (fired.name) {
    case "wall_clock":
      return `The run took longer than its limit of ${limit}.`;
    case "silence":
      return `The agent wrote nothing for ${limit}.`;
    case "silent_tool":
      return `A tool of the agent was open for ${limit} without a word.`;
    case "handshake":
      return `The agent CLI did not answer within ${limit} of its start.`;
    case "no_progress":
      return `The agent made no progress for ${limit}, although it wrote something.`;
  }
}

function spanOf(limitMs: number): string {
  if (limitMs % 3_600_000 === 0) return `${limitMs / 3_600_000} h`;
  if (limitMs % 60_000 === 0) return `${limitMs / 60_000} min`;
  return `${limitMs / 1_000} s`;
}

function failed(ending: StreamEnding): EndedRun {
  const how = ending.error ?? describeExit(ending.exit);
  const stderr = ending.stderr.trim();
  const error = stderr === "" ? how : `${how}\n${stderr}`;
  const byText = classifyFailure({
    text: ending.error === null ? stderr : `${ending.error}\n${stderr}`,
  });
  return {
    status: "failed",
    error,
    failureClass: byText === "unknown" ? classOfExit(ending) : byText,
  };
}

function classOfExit(ending: StreamEnding): RunResult["failureClass"] {
  const silent = ending.cause === "ended" && ending.exit?.code === 0;
  return silent ? "empty_or_unparseable_output" : "process_failure";
}

function describeExit(exit: StreamEnding["exit"]): string {
  if (exit === null) return "The stream ended before the agent's result.";
  if (exit.signal !== null) return `The agent was ended by ${exit.signal} before its result.`;
  if (exit.code === 0) return "The agent ended without a result.";
  return `The agent exited with status ${exit.code ?? "unknown"} before its result.`;
}
