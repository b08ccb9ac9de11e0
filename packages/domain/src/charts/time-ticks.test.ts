import fc from "fast-check";
import { expect, test } from "vitest";
import { timeTicks } from "./time-ticks.ts";

const hour = 3_600_000;
const at = (text: string): number => Date.parse(text);
const clock = (zone: string, ms: number): string =>
  new Date(ms).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

test("every axis has few ticks, in order, inside of its range", () => {
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns");
  const widths = fc.double({
    min: Math.log(60_000),
    max: Math.log(20 * 365 * 24 * hour),
    noNaN: true,
  });
  fc.assert(
    fc.property(zones, widths, fc.integer({ min: 3, max: 12 }), (zone, logWidth, most) => {
      const fromMs = at("2019-02-03T04:05:06Z");
      const range = { fromMs, toMs: fromMs + Math.exp(logWidth) };
      const ticks = timeTicks(zone, range, most).map(({ atMs }) => atMs);
      expect(ticks.length).toBeLessThanOrEqual(most + 2);
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      expect(ticks.every((tick) => tick >= range.fromMs && tick < range.toMs)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("days of 23 and 25 hours have their noon at noon", () => {
  for (const date of ["2026-03-29", "2026-10-25"]) {
    const range = {
      fromMs: at(`${date}T00:00Z`) - 26 * hour,
      toMs: at(`${date}T00:00Z`) + 50 * hour,
    };
    const clocks = timeTicks("Europe/Berlin", range, 8).map(({ atMs }) =>
      clock("Europe/Berlin", atMs),
    );
    expect(new Set(clocks)).toEqual(new Set(["00:00", "12:00"]));
  }
});

test("an hour that happens twice has two ticks", () => {
  const range = { fromMs: at("2026-10-24T23:00Z"), toMs: at("2026-10-25T03:00Z") };
  const clocks = timeTicks("Europe/Berlin", range, 6).map(({ atMs }) =>
    clock("Europe/Berlin", atMs),
  );
  expect(clocks).toEqual(["01:00", "02:00", "02:00", "03:00"]);
});

test("midnight is named by its date, days of a long range by month and year", () => {
  const day = { fromMs: at("2026-11-20T20:00Z"), toMs: at("2026-11-21T04:00Z") };
  expect(timeTicks("UTC", day, 4).map(({ names }) => names)).toEqual([
    "minute",
    "minute",
    "day",
    "minute",
  ]);
  const year = { fromMs: at("2025-11-20T00:00Z"), toMs: at("2026-11-20T00:00Z") };
  expect(timeTicks("UTC", year, 12).map(({ names }) => names)).toContain("year");
});

test("weeks begin on Mondays", () => {
  const range = { fromMs: at("2026-10-01T00:00Z"), toMs: at("2026-11-20T00:00Z") };
  const ticks = timeTicks("Asia/Kolkata", range, 9);
  expect(ticks.length).toBeGreaterThan(5);
  for (const { atMs } of ticks) expect(new Date(atMs + 5.5 * hour).getUTCDay()).toBe(1);
});
