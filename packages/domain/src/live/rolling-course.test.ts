import { describe, expect, it } from "vitest";
import { rollingMs, slotOf } from "../budgets/budget-window.ts";
import { rollingCourse, rollingLead } from "./rolling-course.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const noon = Date.UTC(2026, 10, 18, 12);
const buckets = (fromMs: number, toMs: number, stepMs: number) =>
  Array.from({ length: (toMs - fromMs) / stepMs }, (_, at) => fromMs + at * stepMs);

/** What the budget counts of each bucket, different for every one. */
const amountAt = (atMs: number): bigint => BigInt((atMs / minuteMs) % 97) * 1_000_000_000_000n + 1n;

/** As a budget counts it: every quarter that is not five hours ago with all of it. */
function countedAt(timesMs: readonly number[], endMs: number): bigint {
  const window = { kind: "rolling_5h" } as const;
  const firstMs = Math.floor(endMs / (15 * minuteMs)) * 15 * minuteMs - rollingMs;
  return timesMs
    .filter((atMs) => atMs < endMs && (slotOf(window, atMs) ?? 0) >= firstMs)
    .reduce((sum, atMs) => sum + amountAt(atMs), 0n);
}

describe("rollingCourse", () => {
  it("is the sum of the five hours before each point, quarters of an hour going out as a whole", () => {
    const fromMs = noon + 7 * minuteMs;
    const lead = rollingLead({ fromMs });
    expect(lead).toEqual({ fromMs: noon - rollingMs, toMs: fromMs });
    const timesMs = buckets(lead.fromMs, fromMs + hourMs, minuteMs);
    const nowMs = fromMs + hourMs;
    const values = rollingCourse({
      timesMs,
      endsAtMs: nowMs,
      amounts: timesMs.map(amountAt),
      nowMs,
    });
    const shown = timesMs.map((atMs, index) => ({ atMs, value: values[index] ?? null }));
    for (const { atMs, value } of shown.filter((one) => one.atMs >= fromMs))
      expect(value).toBe(countedAt(timesMs, atMs + minuteMs));
  });

  it("falls by itself when what was spent is five hours ago, without a reset", () => {
    const timesMs = buckets(noon - rollingMs, noon + 6 * hourMs, 15 * minuteMs);
    const values = rollingCourse({
      timesMs,
      endsAtMs: noon + 6 * hourMs,
      amounts: timesMs.map((atMs) => (atMs === noon ? 42n : 0n)),
      nowMs: noon + 6 * hourMs,
    });
    const valueAt = (atMs: number) => values[timesMs.indexOf(atMs)];
    expect(valueAt(noon)).toBe(42n);
    expect(valueAt(noon + rollingMs - 15 * minuteMs)).toBe(42n);
    expect(valueAt(noon + rollingMs)).toBe(0n);
  });

  it("ends with what is counted now, and knows nothing of what has not begun", () => {
    const timesMs = buckets(noon - rollingMs, noon + hourMs, 15 * minuteMs);
    const nowMs = noon + 20 * minuteMs;
    const values = rollingCourse({
      timesMs,
      endsAtMs: noon + hourMs,
      amounts: timesMs.map((atMs) => (atMs > nowMs ? null : 1n)),
      nowMs,
    });
    // Of the twenty-two quarters that have begun, the first one went out at a quarter past.
    expect(values.slice(-4)).toEqual([20n, 21n, null, null]);
  });

  it("says nothing where five hours are not known, or begin in the middle of a bucket", () => {
    const hours = buckets(noon, noon + 8 * hourMs, hourMs);
    const ofHours = rollingCourse({
      timesMs: hours,
      endsAtMs: noon + 8 * hourMs,
      amounts: hours.map(() => 1n),
      nowMs: noon + 8 * hourMs,
    });
    expect(ofHours).toEqual([null, null, null, null, 5n, 5n, 5n, 5n]);
    const days = buckets(noon, noon + 96 * hourMs, 24 * hourMs);
    const ofDays = rollingCourse({
      timesMs: days,
      endsAtMs: noon + 96 * hourMs,
      amounts: days.map(() => 1n),
      nowMs: noon + 96 * hourMs,
    });
    expect(ofDays).toEqual([null, null, null, null]);
  });
});
