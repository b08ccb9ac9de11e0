import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BudgetWindow } from "@headcount/contract/budgets/window";
import { bucketMs } from "../usage/buckets.ts";
import { isInside, slotOf, windowAt, windowBefore } from "./budget-window.ts";

const zones = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
];
const at = (text: string): number => Date.parse(text);
const bounds = (window: unknown, instant: string): (string | null)[] => {
  const { startsAtMs, endsAtMs } = windowAt(BudgetWindow.parse(window), at(instant));
  return [startsAtMs, endsAtMs].map((ms) => (ms === null ? null : new Date(ms).toISOString()));
};

const calendar = fc
  .record({
    kind: fc.constantFrom("day", "week", "month"),
    zone: fc.constantFrom(...zones),
    resetHour: fc.nat(23),
    resetWeekday: fc.integer({ min: 1, max: 7 }),
    resetDay: fc.integer({ min: 1, max: 28 }),
  })
  .map((window) => BudgetWindow.parse(window));
const quarter = fc
  .integer({ min: at("2010-01-01") / bucketMs, max: at("2030-01-01") / bucketMs })
  .map((index) => index * bucketMs);

describe("windows of a budget", () => {
  it("lie side by side on quarters of an hour, so that every quarter counts in exactly one", () => {
    fc.assert(
      fc.property(calendar, quarter, (window, instant) => {
        const here = windowAt(window, instant);
        expect(isInside(here, instant)).toBe(true);
        const next = windowAt(window, here.endsAtMs ?? 0);
        expect(next.startsAtMs).toBe(here.endsAtMs);
        expect(windowBefore(window, here)?.endsAtMs).toBe(here.startsAtMs);
        expect((here.startsAtMs ?? 1) % bucketMs).toBe(0);
        expect(slotOf(window, (here.endsAtMs ?? 0) - bucketMs)).toBe(here.startsAtMs);
        expect(slotOf(window, here.endsAtMs ?? 0)).toBe(here.endsAtMs);
      }),
      { numRuns: 300 },
    );
  });

  it("begin on the zone's clock, also on days of 23 and 25 hours", () => {
    const day = { kind: "day", zone: "America/New_York", resetHour: 4 };
    expect(bounds(day, "2026-11-01T07:59:00Z")).toEqual([
      "2026-10-31T08:00:00.000Z",
      "2026-11-01T09:00:00.000Z",
    ]);
    expect(bounds({ ...day, resetHour: 2 }, "2026-03-08T12:00:00Z")).toEqual([
      "2026-03-08T07:00:00.000Z",
      "2026-03-09T06:00:00.000Z",
    ]);
  });

  it("weeks begin on their day, months on theirs", () => {
    expect(
      bounds({ kind: "week", zone: "Asia/Kolkata", resetWeekday: 3 }, "2026-11-22T00:00:00Z"),
    ).toEqual(["2026-11-17T18:30:00.000Z", "2026-11-24T18:30:00.000Z"]);
    expect(bounds({ kind: "month", zone: "UTC", resetDay: 28 }, "2026-03-05T00:00:00Z")).toEqual([
      "2026-02-28T00:00:00.000Z",
      "2026-03-28T00:00:00.000Z",
    ]);
  });

  it("a range counts its days and nothing else", () => {
    const window = BudgetWindow.parse({
      kind: "range",
      zone: "Asia/Kathmandu",
      startDay: "2026-11-01",
      endDay: "2026-11-02",
    });
    expect(slotOf(window, at("2026-10-31T18:15:00Z"))).toBe(at("2026-10-31T18:15:00Z"));
    expect(slotOf(window, at("2026-11-02T18:00:00Z"))).toBe(at("2026-10-31T18:15:00Z"));
    expect(slotOf(window, at("2026-10-31T18:00:00Z"))).toBeNull();
    expect(slotOf(window, at("2026-11-02T18:15:00Z"))).toBeNull();
    expect(BudgetWindow.safeParse({ ...window, endDay: "2026-10-31" }).success).toBe(false);
  });

  it("the rolling window holds every quarter of an hour of which a part is younger than five hours", () => {
    const window = { kind: "rolling_5h" } as const;
    expect(bounds(window, "2026-11-22T10:07:00Z")).toEqual(["2026-11-22T05:00:00.000Z", null]);
    expect(bounds(window, "2026-11-22T10:15:00Z")).toEqual(["2026-11-22T05:15:00.000Z", null]);
  });
});
