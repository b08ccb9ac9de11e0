import { bucketMs } from "../usage/buckets.ts";
import { rollingMs, type WindowBounds } from "./budget-window.ts";

/** How a budget stands in the window of the moment. */
export type Standing = {
  readonly isRolling: boolean;
  readonly window: WindowBounds;
  /** The moment lies in the window, and somebody wants the budget to act. */
  readonly isActive: boolean;
  readonly limit: bigint;
  /** Percentages, ascending. */
  readonly thresholds: readonly number[];
  readonly spent: bigint;
  /** For rolling windows, what each quarter of an hour holds, oldest first. */
  readonly quarters: readonly { readonly atMs: number; readonly spent: bigint }[];
  /** What was said before: the highest threshold, in which window, and when. */
  readonly reached: {
    readonly windowMs: number;
    readonly percent: number;
    readonly atMs: number;
  } | null;
  /** Since the limit was reached; `untilMs` null: until somebody does something. */
  readonly exhausted: { readonly untilMs: number | null } | null;
};

/** What follows from how a budget stands. */
export type Settlement = {
  /** Thresholds that were reached just now, ascending. */
  readonly newThresholds: readonly number[];
  /** Highest threshold that counts as said in this window; 0 for none. */
  readonly reachedPercent: number;
  readonly windowMs: number;
  readonly exhaustion: "none" | "begins" | "lasts" | "ends";
  /** When the limit stops being reached by itself. */
  readonly untilMs: number | null;
};

/**
 * Decides which thresholds are newly reached and whether the limit is. A threshold is told once per
 * window, whatever corrections do afterwards; of a rolling window again when it was left for as long
 * as the window is.
 */
export function settleBudget(standing: Standing, nowMs: number): Settlement {
  const { limit, spent, thresholds, exhausted } = standing;
  const windowMs =
    standing.window.startsAtMs === null || standing.isRolling ? 0 : standing.window.startsAtMs;
  const highest = highestReached(standing);
  const said = saidBefore(standing, windowMs, highest, nowMs);
  const isExhausted = standing.isActive && spent >= limit;
  return {
    newThresholds: standing.isActive
      ? thresholds.filter((percent) => percent > said && percent <= highest)
      : [],
    reachedPercent: standing.isActive ? Math.max(said, highest) : said,
    windowMs,
    exhaustion: exhaustionOf(exhausted !== null, isExhausted),
    untilMs: isExhausted ? endOfExhaustion(standing) : null,
  };
}

/** Whole percent of a limit, rounded down. */
export function percentOf(spent: bigint, limit: bigint): number {
  if (limit <= 0n) return 100;
  const percent = (spent * 100n) / limit;
  return Number(percent > 1_000_000n ? 1_000_000n : percent);
}

/** The highest threshold that what is spent has reached; 0 for none. */
export function highestReached({
  thresholds,
  spent,
  limit,
}: Pick<Standing, "thresholds" | "spent" | "limit">): number {
  return thresholds.findLast((percent) => spent * 100n >= limit * BigInt(percent)) ?? 0;
}

function saidBefore(
  { reached, isRolling }: Standing,
  windowMs: number,
  highest: number,
  nowMs: number,
): number {
  if (reached === null || reached.windowMs !== windowMs) return 0;
  const wasLeft = isRolling && highest < reached.percent && nowMs - reached.atMs >= rollingMs;
  return wasLeft ? highest : reached.percent;
}

function exhaustionOf(was: boolean, is: boolean): Settlement["exhaustion"] {
  if (is) return was ? "lasts" : "begins";
  return was ? "ends" : "none";
}

/** A rolling window has room again when enough of its oldest quarters have left it. */
function endOfExhaustion({ isRolling, window, quarters, spent, limit }: Standing): number | null {
  if (!isRolling) return window.endsAtMs;
  let left = spent;
  for (const quarter of quarters) {
    left -= quarter.spent;
    if (left < limit) return quarter.atMs + bucketMs + rollingMs;
  }
  return null;
}
