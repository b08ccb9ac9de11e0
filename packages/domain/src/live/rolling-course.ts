import { windowAt } from "../budgets/budget-window.ts";

type Shown = {
  /**
   * Buckets side by side, ascending: those that are shown and, before them, those of the five hours
   * that the first of them looks back on.
   */
  readonly timesMs: readonly number[];
  readonly endsAtMs: number;
  /** What the budget counts of each bucket, in a unit so small that it is whole; null is not known. */
  readonly amounts: readonly (bigint | null)[];
  readonly nowMs: number;
};

/**
 * What a budget of five rolling hours had counted at the end of each bucket, of the last one now:
 * the sum of the five hours before it, by quarters of an hour as the budget counts. Null where not
 * all of them lie in the buckets, or where they begin in the middle of one.
 */
export function rollingCourse(shown: Shown): readonly (bigint | null)[] {
  const { timesMs, endsAtMs, amounts, nowMs } = shown;
  const indexAt = new Map(timesMs.map((atMs, index) => [atMs, index]));
  const sumsBefore = [0n];
  for (const [index] of timesMs.entries())
    sumsBefore.push((sumsBefore[index] ?? 0n) + (amounts[index] ?? 0n));
  return timesMs.map((atMs, index) => {
    if (atMs > nowMs || (amounts[index] ?? null) === null) return null;
    const endMs = Math.min(timesMs[index + 1] ?? endsAtMs, nowMs);
    const { startsAtMs } = windowAt({ kind: "rolling_5h" }, endMs);
    const first = startsAtMs === null ? undefined : indexAt.get(startsAtMs);
    if (first === undefined) return null;
    return (sumsBefore[index + 1] ?? 0n) - (sumsBefore[first] ?? 0n);
  });
}

/** The stretch before a range that its first bucket looks back on. */
export function rollingLead({ fromMs }: { readonly fromMs: number }): {
  readonly fromMs: number;
  readonly toMs: number;
} {
  const { startsAtMs } = windowAt({ kind: "rolling_5h" }, fromMs);
  return { fromMs: startsAtMs ?? fromMs, toMs: fromMs };
}
