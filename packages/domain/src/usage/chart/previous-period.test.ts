import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveRange } from "../query/resolve-range.ts";
import { previousPeriod } from "./previous-period.ts";

const instant = (ms: number): string => new Date(ms).toISOString();

function previousOfDays(zone: string, days: number, now: string): readonly string[] {
  const nowMs = Date.parse(now);
  const range = resolveRange({ zone, nowMs, days, bucket: null });
  if (!range.ok) throw new Error(range.reason);
  const before = previousPeriod(zone, range.value, nowMs);
  return before === null ? [] : [instant(before.fromMs), instant(before.toMs)];
}

describe("what a period is compared with", () => {
  it("is as much of the days before as has passed of these", () => {
    expect(previousOfDays("UTC", 7, "2026-11-22T10:07:00Z")).toEqual([
      "2026-11-09T00:00:00.000Z",
      "2026-11-15T10:15:00.000Z",
    ]);
  });

  it("is yesterday's same morning for today", () => {
    expect(previousOfDays("Asia/Kolkata", 1, "2026-11-22T04:30:00Z")).toEqual([
      "2026-11-20T18:30:00.000Z",
      "2026-11-21T04:45:00.000Z",
    ]);
  });

  it("keeps to midnights of the zone where clocks change in between", () => {
    // Berlin: summer time ends on 25 October 2026.
    expect(previousOfDays("Europe/Berlin", 3, "2026-10-27T12:00:00Z")).toEqual([
      "2026-10-21T22:00:00.000Z",
      "2026-10-24T11:15:00.000Z",
    ]);
  });

  it("is the whole period before where the present one is over", () => {
    const range = { fromMs: Date.parse("2026-10-01"), toMs: Date.parse("2026-11-01") };
    expect(previousPeriod("UTC", range, Date.parse("2026-11-22"))).toEqual({
      fromMs: Date.parse("2026-08-31"),
      toMs: Date.parse("2026-10-01"),
      isPart: false,
    });
  });

  it("moves a range of hours by its own length", () => {
    const range = {
      fromMs: Date.parse("2026-11-22T08:00:00Z"),
      toMs: Date.parse("2026-11-22T12:00:00Z"),
    };
    expect(previousPeriod("UTC", range, Date.parse("2026-11-22T09:50:00Z"))).toEqual({
      fromMs: Date.parse("2026-11-22T04:00:00Z"),
      toMs: Date.parse("2026-11-22T06:00:00Z"),
      isPart: true,
    });
  });

  it("is nothing for a period that has not begun", () => {
    const range = { fromMs: Date.parse("2026-12-01"), toMs: Date.parse("2026-12-02") };
    expect(previousPeriod("UTC", range, Date.parse("2026-11-22"))).toBeNull();
  });

  it("never reaches into the present period, is never empty, and lies on quarters of an hour", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Lord_Howe"),
        fc.integer({ min: 1, max: 365 }),
        fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2028-01-01") }),
        (name, days, nowMs) => {
          const zone = name === "Lord_Howe" ? "Australia/Lord_Howe" : name;
          const range = resolveRange({ zone, nowMs, days, bucket: null });
          if (!range.ok) throw new Error(range.reason);
          const before = previousPeriod(zone, range.value, nowMs);
          if (before === null) throw new Error("It has begun.");
          expect(before.fromMs).toBeLessThan(before.toMs);
          expect(before.toMs).toBeLessThanOrEqual(range.value.fromMs);
          expect(before.fromMs % (15 * 60_000)).toBe(0);
          expect(before.toMs % (15 * 60_000)).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
