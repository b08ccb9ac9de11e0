import type { BudgetWindow } from "@headcount/contract/budgets/window";
import { windowAt } from "../budgets/budget-window.ts";

type Shown = {
  readonly window: BudgetWindow;
  /** What the budget counts of each bucket; null is not known. */
  readonly amounts: readonly (number | null)[];
  readonly timesMs: readonly number[];
  readonly endsAtMs: number;
  readonly nowMs: number;
  /** What has been spent in the window that now is in. */
  readonly spent: number;
};

/** A straight way on from now, and where it ends if it goes on as in the calmer or busier half. */
export type Heading = {
  readonly fromMs: number;
  readonly fromValue: number;
  readonly toMs: number;
  readonly toValue: number;
  readonly lowValue: number;
  readonly highValue: number;
};

export type BudgetCourse = {
  /** What had been spent of the budget when each bucket ended; null where that is not known. */
  readonly values: readonly (number | null)[];
  readonly resetsAtMs: readonly number[];
  /** Null where the window has no end, or now is not shown. */
  readonly heading: Heading | null;
};

type Placed = { readonly startsAtMs: number | null; readonly amount: number | null };

/**
 * How a budget was used up over some buckets: from what is spent now back to the last reset, and
 * from every reset on that is shown. Of a window whose beginning lies before the first bucket and
 * which is over, nothing is known.
 */
export function budgetCourse(shown: Shown): BudgetCourse {
  const { window, timesMs, amounts, nowMs, spent } = shown;
  const placed = timesMs.map(
    (atMs, at): Placed => ({
      startsAtMs: windowAt(window, atMs).startsAtMs,
      amount: amounts[at] ?? null,
    }),
  );
  const present = windowAt(window, nowMs);
  const firstMs = timesMs[0] ?? nowMs;
  const inPresent = placed.filter(({ startsAtMs }) => startsAtMs === present.startsAtMs);
  const before = new Map([[present.startsAtMs, spent - sumOf(inPresent)]]);
  const values = placed.map(({ startsAtMs, amount }, at) => {
    if (amount === null || (timesMs[at] ?? 0) > nowMs) return null;
    const known = before.get(startsAtMs) ?? (isShown(startsAtMs, firstMs) ? 0 : null);
    if (known === null) return null;
    before.set(startsAtMs, known + amount);
    return known + amount;
  });
  const starts = [...new Set(placed.map(({ startsAtMs }) => startsAtMs)), present.endsAtMs];
  return {
    values,
    resetsAtMs: starts.filter((atMs) => atMs !== null).filter((atMs) => isShown(atMs, firstMs)),
    heading: present.endsAtMs === null ? null : headingOf(shown, present.endsAtMs, inPresent),
  };
}

const isShown = (atMs: number | null, firstMs: number): boolean => atMs !== null && atMs >= firstMs;

const sumOf = (buckets: readonly Placed[]): number =>
  buckets.reduce((sum, { amount }) => sum + (amount ?? 0), 0);

function headingOf(
  { nowMs, spent, timesMs, endsAtMs }: Shown,
  toMs: number,
  buckets: readonly Placed[],
): Heading | null {
  const known = buckets.filter(({ amount }) => amount !== null);
  const bucketMs = (endsAtMs - (timesMs[0] ?? endsAtMs)) / Math.max(1, timesMs.length);
  if (known.length < 4 || nowMs > endsAtMs || toMs <= nowMs) return null;
  const half = Math.floor(known.length / 2);
  const ratePerMs = (part: readonly Placed[]): number => sumOf(part) / (part.length * bucketMs);
  const [first, second] = [ratePerMs(known.slice(0, half)), ratePerMs(known.slice(half))];
  const at = (rate: number): number => spent + rate * (toMs - nowMs);
  return {
    fromMs: nowMs,
    fromValue: spent,
    toMs,
    toValue: at(ratePerMs(known)),
    lowValue: at(Math.min(first, second)),
    highValue: at(Math.max(first, second)),
  };
}
