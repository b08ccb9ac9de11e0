import fc from "fast-check";
import { expect, it } from "vitest";
import { barWidthOf, barWidthsFor } from "./bar-widths.ts";

const daysLong = (days: number) => ({ fromMs: 0, toMs: days * 86_400_000 });

it("a day is drawn in hours, a quarter of a year in days, a year in weeks", () => {
  expect([1, 7, 30, 90, 180, 365].map((days) => barWidthOf(daysLong(days), undefined))).toEqual([
    "hour",
    "day",
    "day",
    "day",
    "week",
    "week",
  ]);
});

it("what is wanted is drawn where it suits the range", () => {
  expect(barWidthOf(daysLong(7), "hour")).toBe("hour");
  expect(barWidthOf(daysLong(180), "day")).toBe("day");
  expect(barWidthOf(daysLong(90), "hour")).toBe("day");
  expect(barWidthOf(daysLong(1), "week")).toBe("hour");
});

it("a day of 25 hours is one day", () => {
  expect(barWidthOf({ fromMs: 0, toMs: 25 * 3_600_000 }, undefined)).toBe("hour");
  expect(barWidthOf({ fromMs: 0, toMs: 23 * 3_600_000 }, undefined)).toBe("hour");
});

it("every range has a width that suits it, with no more bars than can be drawn", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_660 }), (days) => {
      const range = daysLong(days);
      const width = barWidthOf(range, undefined);
      expect(barWidthsFor(range)).toContain(width);
      const barDays = { hour: 1 / 24, day: 1, week: 7 }[width];
      expect(days / barDays).toBeLessThanOrEqual(530);
    }),
  );
});
