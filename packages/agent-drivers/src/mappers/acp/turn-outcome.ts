import { classifyFailure } from "../../core/error-classifier.ts";
import { classifyNotice } from "../../core/limit-notice.ts";
import type { StreamEnding } from "../../core/run-mapper.ts";
import { failureOfEnding } from "../../core/stream-ending.ts";
import type { FailureClass, RunStatus } from "../../core/types.ts";
import { acpErrorEvidence, describeAcpError } from "./acp-error.ts";
import type { AcpError } from "./acp-error.ts";
import { classifyAcpError } from "./classify-acp-error.ts";

/** How far a conversation had come when the agent refused to go on. */
export type AcpStep = "setup" | "session" | "prompt";

export type Refusal = { readonly step: AcpStep; readonly error: AcpError };

/** Our own reason for giving up. */
export type Abort = { readonly message: string; readonly failureClass: FailureClass };

/** Everything that decides how a turn ended. */
export type TurnEvidence = {
  readonly stopReason: string | null;
  readonly refusal: Refusal | null;
  readonly abort: Abort | null;
  /** The agent's last words, when they say that the provider failed. */
  readonly failureText: string | null;
  readonly answer: string;
  readonly rejected: readonly RegExp[];
  readonly failureLines: readonly RegExp[];
  readonly ending: StreamEnding;
};

export type TurnOutcome = {
  readonly status: RunStatus;
  readonly error: string | null;
  readonly failureClass: FailureClass | null;
  readonly resumeRejected: boolean;
  readonly sessionRetired: boolean;
};

/** Decides the one result of a run. Only the agent's own terminal reply can make it a success. */
export function decideOutcome(evidence: TurnEvidence): TurnOutcome {
  const { ending } = evidence;
  const isStopped = ending.cause !== "ended" && ending.cause !== "transport";
  if (isStopped) return { ...neutral, ...failureOfEnding(ending) };
  if (evidence.abort !== null) return failed(evidence.abort.message, evidence.abort.failureClass);
  if (evidence.refusal !== null) return refused(evidence.refusal, evidence);
  if (evidence.stopReason !== null) return stopped(evidence.stopReason, evidence);
  return { ...neutral, ...failureOfEnding(ending) };
}

const neutral = {
  error: null,
  failureClass: null,
  resumeRejected: false,
  sessionRetired: false,
} as const;

function failed(error: string, failureClass: FailureClass): TurnOutcome {
  return {
    ...neutral,
    status: "failed",
    error,
    failureClass,
    sessionRetired: failureClass === "context_overflow",
  };
}

function refused(refusal: Refusal, evidence: TurnEvidence): TurnOutcome {
  const { error } = refusal;
  const text = acpErrorEvidence(error);
  const resumeRejected =
    refusal.step !== "setup" && evidence.rejected.some((rule) => rule.test(text));
  // What the agent said just before is more telling than its protocol's own phrase.
  const sentence = evidence.failureText ?? describeAcpError(error);
  return { ...failed(sentence, classifyAcpError(error)), resumeRejected };
}

function stopped(stopReason: string, evidence: TurnEvidence): TurnOutcome {
  if (stopReason === "cancelled") {
    return { ...neutral, status: "cancelled", error: "The run was stopped." };
  }
  if (stopReason === "end_turn") return endedTurn(evidence);
  const known = stopReasons[stopReason];
  if (known !== undefined) return known;
  return failed(`The agent ended its turn with "${stopReason}".`, "unknown");
}

const stopReasons: Readonly<Record<string, TurnOutcome>> = {
  max_tokens: failed("The model reached its limit of tokens.", "context_overflow"),
  // A history that ran into the limit would run into it again.
  max_turn_requests: {
    ...failed("The agent reached its limit of model requests in one turn.", "unknown"),
    sessionRetired: true,
  },
  refusal: failed("The model refused to go on.", "unknown"),
};

/** `end_turn` is also what some agents say when their provider failed. */
function endedTurn(evidence: TurnEvidence): TurnOutcome {
  if (evidence.failureText !== null)
    return failed(evidence.failureText, classifyFailure({ text: evidence.failureText }));
  const notice = classifyNotice(evidence.answer);
  if (notice !== null) return failed(evidence.answer, notice);
  if (evidence.answer !== "") return { ...neutral, status: "completed" };
  const line = evidence.ending.stderr
    .split("\n")
    .findLast((text) => evidence.failureLines.some((pattern) => pattern.test(text)));
  if (line !== undefined) return failed(line.trim(), classifyFailure({ text: line }));
  return failed("The agent ended its turn without an answer.", "empty_or_unparseable_output");
}
