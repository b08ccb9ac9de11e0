import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useKeptMinutes } from "./use-kept-minutes.ts";

const quarterMs = 15 * 60_000;

const asked = fc.record({
  range: fc
    .tuple(fc.integer({ min: 0, max: 50 * quarterMs }), fc.integer({ min: 1, max: 99 * quarterMs }))
    .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs })),
  kept: fc
    .uniqueArray(fc.integer({ min: 0, max: 150 }), { maxLength: 100 })
    .map((quarters) => quarters.toSorted((a, b) => a - b).map((quarter) => quarter * quarterMs)),
});

describe("useKeptMinutes", () => {
  it("covers the range once, from end to end", () => {
    fc.assert(
      fc.property(asked, ({ range, kept }) => {
        const pieces = useKeptMinutes(range, kept);
        expect(pieces.map(({ fromMs }) => fromMs)).toEqual([
          range.fromMs,
          ...pieces.slice(0, -1).map(({ toMs }) => toMs),
        ]);
        expect(pieces.at(-1)?.toMs).toBe(range.toMs);
      }),
    );
  });

  it("reads minutes of kept quarters alone, and never makes many pieces", () => {
    fc.assert(
      fc.property(asked, ({ range, kept }) => {
        const pieces = useKeptMinutes(range, kept);
        expect(pieces.length).toBeLessThanOrEqual(13);
        for (const { fromMs, toMs, source } of pieces) {
          if (source.kind !== "minutes") continue;
          for (let atMs = fromMs; atMs < toMs; atMs += quarterMs) expect(kept).toContain(atMs);
          expect((toMs - fromMs) % quarterMs).toBe(0);
        }
      }),
    );
  });

  it("reads no ledger at all where every quarter is kept", () => {
    const range = { fromMs: 4 * quarterMs, toMs: 8 * quarterMs };
    const pieces = useKeptMinutes(
      range,
      [3, 4, 5, 6, 7, 8].map((quarter) => quarter * quarterMs),
    );
    expect(pieces).toEqual([{ ...range, source: { kind: "minutes" } }]);
  });
});
