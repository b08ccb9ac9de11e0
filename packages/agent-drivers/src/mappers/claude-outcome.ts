import { classifyFailure } from "../core/error-classifier.ts";
import { arrayAt, stringAt, type JsonObject } from "../core/json.ts";
import { providerWaitMs } from "../core/provider-wait.ts";
import type { StreamEnding } from "../core/run-mapper.ts";
import { failureOfEnding } from "../core/stream-ending.ts";
import type { FailureClass, RunResult } from "../core/types.ts";
import { classifyClaudeFailure, retiresClaudeSession } from "./claude-failure.ts";
import type { ClaudeRefusal } from "./claude-limits.ts";

export type ClaudeEvidence = {
  readonly result: JsonObject | null;
  readonly ending: StreamEnding;
  /** Line-level `error` of the last synthetic assistant line. */
  readonly errorCode: string | null;
  /** Retry notice after which no reply came. */
  readonly retry: JsonObject | null;
  /** Limit of the plan that refused the account when the run ended. */
  readonly refusal: ClaudeRefusal | null;
  readonly background: boolean;
  readonly resumeSessionId: string | null;
  readonly sessionId: string | null;
};

export type ClaudeOutcome = Omit<RunResult, "answer" | "usage" | "coverage">;

const unknownSession = /no conversation found with session id/i;

/** Decides how the run ended. A structured result outweighs everything the process did. */
export function claudeOutcome(evidence: ClaudeEvidence): ClaudeOutcome {
  if (evidence.background) return backgroundOutcome(evidence);
  if (evidence.result === null) return unfinishedOutcome(evidence);
  const reason = stringAt(evidence.result, "terminal_reason");
  if (reason?.startsWith("aborted") === true) return abortedOutcome(evidence);
  const succeeded =
    evidence.result["subtype"] === "success" &&
    evidence.result["is_error"] !== true &&
    (reason === null || reason === "completed");
  return succeeded ? outcome(evidence, "completed") : failedOutcome(evidence, evidence.result);
}

function outcome(
  evidence: ClaudeEvidence,
  status: RunResult["status"],
  failure: Partial<ClaudeOutcome> = {},
): ClaudeOutcome {
  return {
    status,
    error: null,
    failureClass: null,
    sessionId: sessionOf(evidence),
    resumeRejected: false,
    sessionRetired: false,
    retryAfterMs: null,
    ...failure,
  };
}

/** A run that ended before it named its session leaves the one it was to resume. */
function sessionOf(evidence: ClaudeEvidence): string | null {
  return evidence.sessionId ?? evidence.resumeSessionId;
}

function abortedOutcome(evidence: ClaudeEvidence): ClaudeOutcome {
  const { cause } = evidence.ending;
  const ours = cause === "timeout" || cause === "idle_watchdog" ? cause : "cancelled";
  const { status, ...ended } = failureOfEnding({ ...evidence.ending, cause: ours });
  return outcome(evidence, status, ended);
}

function failedOutcome(evidence: ClaudeEvidence, result: JsonObject): ClaudeOutcome {
  const errors = arrayAt(result, "errors").filter((entry) => typeof entry === "string");
  const stated = [stringAt(result, "result") ?? "", ...errors].filter((part) => part !== "");
  const text = stated.length === 0 ? (stringAt(result, "subtype") ?? "error") : stated.join("\n");
  const status = result["api_error_status"];
  const failure = {
    terminalReason: stringAt(result, "terminal_reason"),
    errorCode: evidence.errorCode,
    httpStatus: typeof status === "number" ? status : null,
    errorType: stringAt(result, "api_error_type"),
    text: `${text}\n${evidence.ending.stderr}`,
  };
  const failureClass = withRefusal(evidence, classifyClaudeFailure(failure));
  const rejected = resumeRejected(evidence, text);
  return outcome(evidence, "failed", {
    error: text,
    failureClass,
    resumeRejected: rejected,
    sessionId: rejected ? null : sessionOf(evidence),
    sessionRetired: retiresClaudeSession(failure, failureClass),
    retryAfterMs: claudeWaitMs(evidence, failureClass, text),
  });
}

/** A refused plan answers with the status of a rate limit, which ordinary retries do not outlive. */
function withRefusal(evidence: ClaudeEvidence, failureClass: FailureClass): FailureClass {
  const isRefused = evidence.refusal !== null;
  return isRefused && failureClass === "provider_capacity_or_rate_limit"
    ? "provider_quota_limit"
    : failureClass;
}

/** Milliseconds until the account can go on: by the plan's own figure, else by the text. */
export function claudeWaitMs(
  evidence: Pick<ClaudeEvidence, "refusal" | "ending">,
  failureClass: FailureClass | null,
  text: string,
): number | null {
  const isUsedUp = failureClass === "provider_quota_limit";
  const resetsAt = isUsedUp ? (evidence.refusal?.resetsAt ?? null) : null;
  return providerWaitMs(text, evidence.ending.endedAtMs, resetsAt);
}

function unfinishedOutcome(evidence: ClaudeEvidence): ClaudeOutcome {
  const ended = failureOfEnding(evidence.ending);
  const rejected = ended.status === "failed" && resumeRejected(evidence, "");
  const failureClass =
    (ended.status === "failed" ? classOfRetry(evidence) : null) ?? ended.failureClass;
  return outcome(evidence, ended.status, {
    error: ended.error,
    failureClass,
    sessionId: rejected ? null : sessionOf(evidence),
    retryAfterMs:
      ended.status === "failed" ? claudeWaitMs(evidence, failureClass, ended.error ?? "") : null,
  });
}

/** What the provider kept answering when the run ended in the middle of retries. */
function classOfRetry(evidence: ClaudeEvidence): RunResult["failureClass"] {
  if (evidence.retry === null) return null;
  const status = evidence.retry["error_status"];
  if (typeof status !== "number") return "provider_network";
  return withRefusal(evidence, classifyFailure({ httpStatus: status, text: "" }));
}

function backgroundOutcome(evidence: ClaudeEvidence): ClaudeOutcome {
  return outcome(evidence, "failed", {
    error: "A tool went on in the background, where nobody would wait for it.",
    failureClass: "process_failure",
  });
}

function resumeRejected(evidence: ClaudeEvidence, text: string): boolean {
  const { resumeSessionId, sessionId, ending } = evidence;
  if (unknownSession.test(`${text}\n${ending.stderr}`)) return true;
  return resumeSessionId !== null && sessionId !== null && sessionId !== resumeSessionId;
}
