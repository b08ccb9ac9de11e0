import type { RunResult } from "@headcount/agent-drivers/core/types";
import type { TerminalRecord } from "@headcount/contract/daemon/schemas";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import type { FailureReason } from "@headcount/contract/tasks/states";
import { sanitizeText } from "@headcount/contract/kit/values";
import type { Redactor } from "@headcount/redaction/redactor";
import { cutText } from "./cut-text.ts";
import type { RunReporter } from "./run-reporter.ts";

const answerBytes = 900_000;
const errorBytes = 16_000;
/** Models of one run; far more than any CLI uses. */
const mostDrift = 50;

export type TerminalInput = {
  readonly result: RunResult;
  readonly reporter: RunReporter;
  readonly redactor: Redactor;
  readonly workDirectory: string;
  readonly branch: string | null;
  readonly resumeRejected: boolean;
  /** Undefined where they could not be measured. */
  readonly changes: LineChanges | undefined;
};

/** The one report that ends a task. */
export function terminalRecordOf(input: TerminalInput): TerminalRecord {
  const { result, reporter } = input;
  const shown = (text: string, maxBytes: number): string =>
    cutText(sanitizeText(input.redactor.redact(text)), maxBytes).text;
  const failureReason = failureReasonOf(result);
  return {
    status: failureReason === null ? "completed" : "failed",
    answer: shown(result.answer, answerBytes),
    failureReason,
    error: result.error === null ? null : shown(result.error, errorBytes),
    sessionId: result.sessionId ?? reporter.sessionId,
    sessionRetired: result.sessionRetired,
    resumeRejected: input.resumeRejected,
    retryAfterMs: result.retryAfterMs,
    workDirectory: input.workDirectory,
    branch: input.branch,
    modelUsed: reporter.modelUsed,
    durationMs: reporter.elapsedMs,
    coverage: { level: result.coverage.level, reason: result.coverage.reason },
    toolRan: reporter.toolRan,
    drift: (result.drift ?? []).slice(0, mostDrift).map(({ model, tokens }) => ({
      model: sanitizeText(model).slice(0, 200),
      tokens,
    })),
    ...(result.watchdog === undefined ? {} : { watchdog: result.watchdog }),
    ...(input.changes === undefined ? {} : { changes: input.changes }),
  };
}

/** Null for success. */
function failureReasonOf(result: RunResult): FailureReason | null {
  switch (result.status) {
    case "completed":
      return null;
    // A limit that a person has set is not tried a second time.
    case "timeout":
      return "agent_error.agent_timeout";
    case "idle_watchdog":
      return reasonOfSilence(result.watchdog);
    // Nobody here asked for it (that is reported elsewhere), so something ended the agent.
    case "cancelled":
      return "agent_error.process_failure";
    case "failed":
      return `agent_error.${result.failureClass ?? "unknown"}`;
  }
}

function reasonOfSilence(fired: RunResult["watchdog"]): FailureReason {
  if (fired?.name === "handshake") return "runtime_cli_timeout";
  return fired?.name === "no_progress" ? "semantic_inactivity" : "timeout";
}

/** A task that ended without any result of an agent. */
export function failedRecord(
  reason: FailureReason,
  error: string,
  known: Partial<TerminalRecord> = {},
): TerminalRecord {
  return {
    status: "failed",
    answer: "",
    failureReason: reason,
    error: cutText(sanitizeText(error), errorBytes).text,
    sessionId: null,
    sessionRetired: false,
    resumeRejected: false,
    retryAfterMs: null,
    workDirectory: null,
    branch: null,
    modelUsed: null,
    durationMs: 0,
    coverage: { level: "exact", reason: "" },
    toolRan: false,
    ...known,
  };
}
