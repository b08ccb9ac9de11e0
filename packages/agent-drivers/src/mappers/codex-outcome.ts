import { objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { providerWaitMs } from "../core/provider-wait.ts";
import type { StreamEnding } from "../core/run-mapper.ts";
import { failureOfEnding } from "../core/stream-ending.ts";
import type { RunResult } from "../core/types.ts";
import { classifyCodexFailure } from "./codex-failure.ts";

export type CodexEvidence = {
  /** The completed turn, or null when none was announced. */
  readonly turn: JsonObject | null;
  /** Last error that the CLI will not retry. */
  readonly lastError: JsonObject | null;
  /** When the limits that were used up give quota again; seconds since 1970. */
  readonly limitResetsAt: number | null;
  readonly refused: { readonly message: string; readonly resumeRejected: boolean } | null;
  readonly ending: StreamEnding;
  readonly threadId: string | null;
};

export type CodexOutcome = Omit<RunResult, "answer" | "usage" | "coverage">;

/** Texts of a thread whose history can never be sent again. */
const poisonedHistory = /token too long|invalid_request_error|empty message|image (is )?too large/i;

/** Decides how the run ended: by our turn's status, and only without one by everything else. */
export function codexOutcome(evidence: CodexEvidence): CodexOutcome {
  const status = evidence.turn === null ? null : stringAt(evidence.turn, "status");
  if (status === "completed") return outcome(evidence, "completed", {});
  if (status === "interrupted" && evidence.refused === null) return interrupted(evidence);
  if (status === "failed") return failed(evidence, objectAt(evidence.turn ?? {}, "error"));
  const stopped = evidence.ending.cause === "cancelled" || evidence.ending.cause === "timeout";
  if (evidence.refused !== null && !stopped) return refusedOutcome(evidence, evidence.refused);
  if (evidence.lastError !== null && !stopped) return failed(evidence, evidence.lastError);
  const ended = failureOfEnding(evidence.ending);
  // A silent turn leaves a thread that stays silent when it is resumed.
  return outcome(evidence, ended.status, {
    ...ended,
    sessionRetired: isSilentTurn(evidence, ended.status),
  });
}

function outcome(
  evidence: CodexEvidence,
  status: RunResult["status"],
  failure: Partial<CodexOutcome>,
): CodexOutcome {
  return {
    status,
    error: null,
    failureClass: null,
    sessionId: evidence.threadId,
    resumeRejected: false,
    sessionRetired: false,
    retryAfterMs: null,
    ...failure,
  };
}

function interrupted(evidence: CodexEvidence): CodexOutcome {
  const { cause } = evidence.ending;
  const ours = cause === "timeout" || cause === "idle_watchdog" ? cause : "cancelled";
  const { status, ...ended } = failureOfEnding({ ...evidence.ending, cause: ours });
  return outcome(evidence, status, { ...ended, sessionRetired: isSilentTurn(evidence, status) });
}

/** A program that did not even answer at its start has not touched the thread. */
function isSilentTurn({ ending }: CodexEvidence, status: RunResult["status"]): boolean {
  return status === "idle_watchdog" && ending.watchdog?.name !== "handshake";
}

function failed(evidence: CodexEvidence, error: JsonObject): CodexOutcome {
  const text = stringAt(error, "message") ?? "The turn failed.";
  const failureClass = classifyCodexFailure(error["codexErrorInfo"], text);
  return outcome(evidence, "failed", {
    error: text,
    failureClass,
    sessionRetired:
      failureClass === "context_overflow" ||
      (failureClass === "unknown" && poisonedHistory.test(text)),
    retryAfterMs: codexWaitMs(evidence, failureClass, text),
  });
}

/** Milliseconds until the account can go on: by its limits' own figures, else by the text. */
export function codexWaitMs(
  evidence: Pick<CodexEvidence, "limitResetsAt" | "ending">,
  failureClass: RunResult["failureClass"],
  text: string,
): number | null {
  const isUsedUp = failureClass === "provider_quota_limit";
  return providerWaitMs(text, evidence.ending.endedAtMs, isUsedUp ? evidence.limitResetsAt : null);
}

function refusedOutcome(
  evidence: CodexEvidence,
  refused: { readonly message: string; readonly resumeRejected: boolean },
): CodexOutcome {
  const text = `${refused.message}\n${evidence.ending.stderr}`;
  const failureClass = classifyCodexFailure(null, text);
  return outcome(evidence, "failed", {
    error: refused.message,
    failureClass: failureClass === "unknown" ? "process_failure" : failureClass,
    resumeRejected: refused.resumeRejected,
    sessionId: refused.resumeRejected ? null : evidence.threadId,
  });
}
