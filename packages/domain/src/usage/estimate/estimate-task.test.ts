import { describe, expect, it } from "vitest";
import { estimateTask, type FinishedTask } from "./estimate-task.ts";

const hourMs = 3_600_000;

/** One task an hour, the last of the amounts the newest; the newest first. */
function tasksOf(amounts: readonly number[], change: Partial<FinishedTask> = {}): FinishedTask[] {
  return amounts
    .map((amount, at) => ({
      queuedAtMs: at * hourMs,
      endedAtMs: at * hourMs + 1_000,
      used: {
        costPico: BigInt(amount) * 1_000_000_000_000n,
        notionalPico: 0n,
        tokens: BigInt(amount * 100),
        unpricedTokens: 0n,
      },
      runMs: BigInt(amount * 60_000),
      ...change,
    }))
    .toReversed();
}

describe("the estimate of a task", () => {
  it("is the range of the agent's own tasks, and says how such ranges fared", () => {
    const { cost, notional, tokens, runTimeMs } = estimateTask(
      tasksOf([1, 2, 3, 4, 5, 6, 7, 8, 100, 4]),
    );
    // Eight came before the ninth, which was far beyond them; the tenth was as the others.
    expect(cost.calibration).toEqual({ inside: 1, of: 2 });
    expect(cost.usual).toEqual({ low: "1.1", median: "4.5", high: "90.8" });
    expect(tokens.usual).toEqual({ low: 110, median: 450, high: 9_080 });
    expect(runTimeMs.usual).toEqual({ low: 66_000, median: 270_000, high: 5_448_000 });
    expect(notional).toEqual({ usual: null, reason: "not_used", calibration: null });
  });

  it("says nothing from fewer than eight, and has no record before there was a range", () => {
    const few = estimateTask(tasksOf([1, 2, 3, 4, 5, 6, 7]));
    expect(few.cost).toEqual({ usual: null, reason: "too_few_tasks", calibration: null });
    const eight = estimateTask(tasksOf([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(eight.cost).toMatchObject({
      usual: { low: "1", median: "4.5", high: "8" },
      calibration: null,
    });
  });

  it("judges a task only by those that had ended when it was queued", () => {
    const amounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const atOnce = estimateTask(tasksOf(amounts, { endedAtMs: 20 * hourMs }));
    expect(atOnce.cost.calibration).toBeNull();
  });

  it("leaves out what is not known, and calls no task free that has no price", () => {
    const used = { costPico: 0n, notionalPico: 0n, tokens: 5n, unpricedTokens: 5n };
    const unpriced = estimateTask(tasksOf([1, 2, 3, 4, 5, 6, 7, 8], { used }));
    expect(unpriced.cost).toEqual({ usual: null, reason: "unpriced", calibration: null });
    expect(unpriced.tokens.usual).toEqual({ low: 5, median: 5, high: 5 });
    const silent = estimateTask(tasksOf([1, 2, 3, 4, 5, 6, 7, 8], { used: null }));
    expect(silent.tokens.reason).toBe("too_few_tasks");
    expect(silent.runTimeMs.usual).not.toBeNull();
  });
});
