import {
  equalInputs,
  isZero,
  subtractCounts,
  sumCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import type { ClaudeCall } from "./claude-calls.ts";

export type CompletedShare = {
  readonly counts: UsageCounts;
  /** What the CLI estimates for replies that never ended; null when there is no such reply. */
  readonly broken: UsageCounts | null;
};

/**
 * Separates replies that were broken off from a model's total. The CLI's total contains them with
 * an estimated output; the provider never stated a final figure for them. They are only taken out
 * where the calls explain the difference to the last input token.
 */
export function completedShare(
  total: UsageCounts,
  calls: readonly ClaudeCall[],
  mainLoop: UsageCounts,
): CompletedShare {
  const finished = calls.filter((call) => call.state === "finished");
  const unfinished = calls.filter((call) => call.state !== "finished");
  const expected = sumCounts(unfinished.map((call) => call.counts));
  const done = sumCounts(finished.map((call) => call.counts));
  if (isZero(expected) || !equalInputs(subtractCounts(total, done), expected)) {
    return { counts: total, broken: null };
  }
  const counts = completedCounts(total, finished, done, mainLoop);
  return { counts, broken: subtractCounts(total, counts) };
}

function completedCounts(
  total: UsageCounts,
  finished: readonly ClaudeCall[],
  done: UsageCounts,
  mainLoop: UsageCounts,
): UsageCounts {
  if (finished.every((call) => call.outputKnown)) return done;
  if (equalInputs(mainLoop, done))
    return { ...done, output: mainLoop.output, reasoning: mainLoop.reasoning };
  return { ...done, output: total.output };
}
