import { describe, expect, it } from "vitest";
import { percentOf, settleBudget, type Standing } from "./settle-budget.ts";

const dayStartMs = Date.parse("2026-11-22T00:00:00Z");
const nextDayMs = Date.parse("2026-11-23T00:00:00Z");
const nowMs = Date.parse("2026-11-22T10:07:00Z");
const hourMs = 3_600_000;

const standing = (changes: Partial<Standing>): Standing => ({
  isRolling: false,
  window: { startsAtMs: dayStartMs, endsAtMs: nextDayMs },
  isActive: true,
  limit: 100n,
  thresholds: [50, 80, 100],
  spent: 0n,
  quarters: [],
  reached: null,
  exhausted: null,
  ...changes,
});

describe("settleBudget", () => {
  it("tells each threshold once per window, whatever corrections do", () => {
    const first = settleBudget(standing({ spent: 85n }), nowMs);
    expect(first).toMatchObject({
      newThresholds: [50, 80],
      reachedPercent: 80,
      exhaustion: "none",
    });
    const reached = { windowMs: dayStartMs, percent: 80, atMs: nowMs };
    expect(settleBudget(standing({ spent: 40n, reached }), nowMs)).toMatchObject({
      newThresholds: [],
      reachedPercent: 80,
    });
    expect(settleBudget(standing({ spent: 99n, reached }), nowMs).newThresholds).toEqual([]);
    const yesterday = { ...reached, windowMs: dayStartMs - 24 * hourMs };
    expect(settleBudget(standing({ spent: 50n, reached: yesterday }), nowMs).newThresholds).toEqual(
      [50],
    );
  });

  it("is exhausted at the limit, not before, until the window ends", () => {
    expect(settleBudget(standing({ spent: 99n }), nowMs).exhaustion).toBe("none");
    expect(settleBudget(standing({ spent: 100n }), nowMs)).toMatchObject({
      newThresholds: [50, 80, 100],
      exhaustion: "begins",
      untilMs: nextDayMs,
    });
    const exhausted = { untilMs: nextDayMs };
    expect(settleBudget(standing({ spent: 120n, exhausted }), nowMs).exhaustion).toBe("lasts");
    expect(settleBudget(standing({ spent: 99n, exhausted }), nowMs).exhaustion).toBe("ends");
  });

  it("does nothing while it is off, and lets go of what it held", () => {
    const off = { isActive: false, spent: 500n };
    expect(settleBudget(standing(off), nowMs)).toMatchObject({
      newThresholds: [],
      exhaustion: "none",
    });
    expect(settleBudget(standing({ ...off, exhausted: { untilMs: null } }), nowMs).exhaustion).toBe(
      "ends",
    );
  });

  describe("of a rolling window", () => {
    const rolling = (changes: Partial<Standing>): Standing =>
      standing({
        isRolling: true,
        window: { startsAtMs: Date.parse("2026-11-22T05:00:00Z"), endsAtMs: null },
        ...changes,
      });

    it("lasts until enough of the oldest quarters have left", () => {
      const quarters = [
        { atMs: Date.parse("2026-11-22T06:00:00Z"), spent: 10n },
        { atMs: Date.parse("2026-11-22T07:30:00Z"), spent: 30n },
        { atMs: Date.parse("2026-11-22T10:00:00Z"), spent: 70n },
      ];
      expect(settleBudget(rolling({ spent: 110n, quarters }), nowMs).untilMs).toBe(
        Date.parse("2026-11-22T12:45:00Z"),
      );
      expect(settleBudget(rolling({ spent: 105n, limit: 100n, quarters }), nowMs).untilMs).toBe(
        Date.parse("2026-11-22T11:15:00Z"),
      );
    });

    it("tells a threshold again after a whole window below it", () => {
      const reached = { windowMs: 0, percent: 80, atMs: nowMs - 4 * hourMs };
      const below = (since: typeof reached) =>
        settleBudget(rolling({ spent: 60n, reached: since }), nowMs).reachedPercent;
      expect(below(reached)).toBe(80);
      expect(below({ ...reached, atMs: nowMs - 5 * hourMs })).toBe(50);
    });
  });
});

it("percent is rounded down and never past its bound", () => {
  expect(percentOf(999n, 1_000n)).toBe(99);
  expect(percentOf(10n ** 40n, 1n)).toBe(1_000_000);
});
