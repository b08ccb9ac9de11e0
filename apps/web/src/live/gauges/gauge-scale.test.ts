import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaugeScale, shareOf } from "./gauge-scale.ts";

describe("gaugeScale", () => {
  it.each([
    [{ now: 0, busy: null }, 100, 100],
    [{ now: 0, busy: 100 }, 1, 150],
    [{ now: 0, busy: 160 }, 1, 200],
    [{ now: 9_700, busy: 1_000 }, 1, 10_000],
    [{ now: 0.031, busy: 0.02 }, 0.01, 0.04],
  ] as const)("ends above %j at %j: %j", (values, floor, scale) => {
    expect(gaugeScale(values, floor)).toBeCloseTo(scale, 9);
  });

  it("never ends below what is shown, and never leaves a busy moment at its end", () => {
    const amount = fc.double({ min: 0, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(amount, fc.option(amount), (now, busy) => {
        const scale = gaugeScale({ now, busy }, 1);
        expect(scale * (1 + 1e-9)).toBeGreaterThanOrEqual(now);
        expect(shareOf(busy ?? 0, scale)).toBeLessThan(0.81);
      }),
    );
  });

  it("shows less than nothing as nothing", () => {
    expect(shareOf(-5, 10)).toBe(0);
    expect(shareOf(Number.NaN, 10)).toBe(0);
  });
});
