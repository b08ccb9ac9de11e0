import { describe, expect, it } from "vitest";
import { burnRate, emptyAtMs } from "./burn-rate.ts";
import { lowFuelOf, percentLeft, tankThresholds } from "./fuel-level.ts";

const hourMs = 3_600_000;
const quarterMs = hourMs / 4;
const now = 100 * hourMs;
const usd = (amount: number): bigint => BigInt(amount) * 10n ** 12n;

describe("burnRate", () => {
  it.each([
    ["nothing", [], 0n, 1],
    ["steady work over six hours", steady(24, 1), usd(4), 6],
    ["work that began two hours ago", steady(8, 3), usd(12), 2],
    [
      "a burst in this very quarter, spread over an hour",
      [{ atMs: now, spent: usd(5) }],
      usd(5),
      1,
    ],
    ["what was long ago", [{ atMs: now - 20 * hourMs, spent: usd(50) }], 0n, 1],
    ["corrections", [{ atMs: now - hourMs, spent: -usd(2) }], 0n, 1],
  ] as const)("%s", (_, quarters, perHourPico, hours) => {
    expect(burnRate(quarters, now)).toEqual({ perHourPico, hours });
  });

  it.each([
    ["while it burns", usd(10), usd(4), now + 2.5 * hourMs],
    ["never, while nothing burns", usd(10), 0n, null],
    ["not again, when it is empty", 0n, usd(4), null],
    ["not within a lifetime", usd(10), 1n, null],
  ] as const)("a tank is empty %s", (_, balance, perHourPico, expected) => {
    expect(emptyAtMs(balance, { perHourPico, hours: 1 }, now)).toBe(expected);
  });
});

describe("the level of a tank", () => {
  it("its thresholds are what was used when a level is left", () => {
    expect(tankThresholds).toEqual([80, 90, 95]);
  });

  it.each([
    [100, 100, null],
    [21, 21, null],
    [20, 20, 20],
    [11, 11, 20],
    [10, 10, 10],
    [5, 5, 5],
    [1, 1, 5],
    [0, 0, 5],
    [-3, 0, 5],
  ])("%i of 100 dollars: %i %%, below %s", (left, percent, level) => {
    expect(percentLeft(usd(left), usd(100))).toBe(percent);
    expect(lowFuelOf(usd(left), usd(100))).toBe(level);
  });

  it("a tank that was filled with less than was owed is empty", () => {
    expect(percentLeft(usd(-5), usd(-5))).toBe(0);
    expect(lowFuelOf(usd(-5), usd(-5))).toBe(5);
  });
});

function steady(quarters: number, dollars: number) {
  return Array.from({ length: quarters }, (_, index) => ({
    atMs: now - (index + 1) * quarterMs,
    spent: usd(dollars),
  }));
}
