import { estimateTasksNeeded } from "@headcount/contract/usage/estimate-schemas";
import { quantile, sortAmounts } from "../forecast/quantile.ts";

/** A figure of a task that has finished. */
export type FinishedFigure = {
  readonly queuedAtMs: number;
  readonly endedAtMs: number;
  /** Null where it is not known. */
  readonly amount: bigint | null;
};

export type UsualRange = { readonly low: bigint; readonly median: bigint; readonly high: bigint };

/** Newest tasks that a range is made from. */
export const tasksWeighed = 30;
/** Newest tasks that are checked against the ranges before them. */
export const tasksChecked = 10;

/** 10th percentile, middle and 90th percentile of the newest tasks; null of fewer than are needed. */
export function usualRange(amounts: readonly bigint[]): UsualRange | null {
  const newest = sortAmounts(amounts.slice(0, tasksWeighed));
  if (newest.length < estimateTasksNeeded) return null;
  return {
    low: quantile(newest, 10),
    median: quantile(newest, 50),
    high: quantile(newest, 90),
  };
}

/**
 * Of the newest tasks, how many came out inside of the range that was known when they were queued:
 * made from the tasks that had ended by then. Null where there is none with enough before it.
 * @param tasks the newest first
 */
export function calibrate(
  tasks: readonly (FinishedFigure & { readonly amount: bigint })[],
): { readonly inside: number; readonly of: number } | null {
  const checked = tasks.slice(0, tasksChecked).flatMap(({ queuedAtMs, amount }) => {
    const ended = tasks.filter((task) => task.endedAtMs <= queuedAtMs);
    const range = usualRange(ended.map((task) => task.amount));
    return range === null ? [] : [range.low <= amount && amount <= range.high];
  });
  if (checked.length === 0) return null;
  return { inside: checked.filter(Boolean).length, of: checked.length };
}
