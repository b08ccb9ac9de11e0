import { classifyNotice } from "../core/limit-notice.ts";
import { providerWaitMs } from "../core/provider-wait.ts";
import type { FinishedRun, StreamEnding } from "../core/run-mapper.ts";
import { failureOfEnding } from "../core/stream-ending.ts";
import type { FailureClass, RunItem, RunResult } from "../core/types.ts";
import type { UsageLedger } from "../core/usage-ledger.ts";

/** What a stream without a talk said by its end. */
export type OneShotFacts = {
  /** The declared end of a successful run was read. */
  readonly completed: boolean;
  readonly failure: { readonly text: string; readonly class: FailureClass } | null;
  readonly answer: string;
  readonly sessionId: string | null;
  readonly resumeRejected: boolean;
  /** What the CLI leaves out even when everything goes well. */
  readonly gap: string | null;
  /**
   * Whether tokens of a reply may be missing because it was broken off. Left out by CLIs that do
   * not tell: of them, every run without success may have such a reply.
   */
  readonly brokenReply?: boolean;
};

/** Makes the only result of a CLI that writes events and ends. */
export function oneShotResult(
  facts: OneShotFacts,
  ending: StreamEnding,
  ledger: UsageLedger,
): FinishedRun {
  const notice = facts.completed ? classifyNotice(facts.answer) : null;
  const succeeded = facts.completed && notice === null;
  coverUsage(facts, ledger, succeeded);
  const failed = succeeded ? null : failureOf(facts, ending, notice);
  const result: RunResult = {
    status: failed?.status ?? "completed",
    error: failed?.error ?? null,
    failureClass: failed?.failureClass ?? null,
    answer: succeeded ? facts.answer : "",
    sessionId: facts.resumeRejected ? null : facts.sessionId,
    resumeRejected: facts.resumeRejected,
    sessionRetired: failed?.failureClass === "context_overflow",
    retryAfterMs:
      failed === null || failed.error === null
        ? null
        : providerWaitMs(failed.error, ending.endedAtMs),
    usage: ledger.totals(),
    coverage: ledger.coverage(),
  };
  const items: RunItem[] = result.error === null ? [] : [{ type: "error", message: result.error }];
  return { items, result };
}

function failureOf(
  facts: OneShotFacts,
  ending: StreamEnding,
  notice: FailureClass | null,
): Pick<RunResult, "status" | "error" | "failureClass"> {
  if (notice !== null) return { status: "failed", error: facts.answer, failureClass: notice };
  const stopped = ending.cause !== "ended" && ending.cause !== "transport";
  if (facts.failure === null || stopped) return failureOfEnding(ending);
  return { status: "failed", error: facts.failure.text, failureClass: facts.failure.class };
}

function coverUsage(facts: OneShotFacts, ledger: UsageLedger, succeeded: boolean): void {
  const empty = ledger.totals().length === 0;
  if (succeeded && empty) ledger.degrade("none", "The CLI reported no usage for this run.");
  if (!succeeded && empty && facts.failure === null) {
    ledger.degrade("none", "The run ended before the CLI reported any usage.");
  }
  if (facts.gap !== null && !empty) ledger.degrade("partial", facts.gap);
  if (facts.brokenReply ?? (!succeeded && !empty)) {
    ledger.degrade(empty ? "none" : "partial", "A reply that was broken off is not counted.");
  }
}
