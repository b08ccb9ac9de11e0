import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeQuartersAndEdges } from "./signed-pieces.ts";

const quarterMs = 15 * 60_000;

const range = fc
  .tuple(fc.integer({ min: 0, max: 40 * quarterMs }), fc.integer({ min: 1, max: 9 * quarterMs }))
  .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }));

describe("wholeQuartersAndEdges", () => {
  it("counts every instant of the range once, and no other one", () => {
    fc.assert(
      fc.property(range, fc.nat(50 * quarterMs), (asked, atMs) => {
        const times = wholeQuartersAndEdges(asked)
          .filter(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)
          .reduce((sum, { sign }) => sum + sign, 0n);
        expect(times).toBe(atMs >= asked.fromMs && atMs < asked.toMs ? 1n : 0n);
      }),
    );
  });

  it("reads whole quarters as such, and never more than half of one at either end", () => {
    fc.assert(
      fc.property(range, (asked) => {
        const pieces = wholeQuartersAndEdges(asked);
        const quarters = pieces.filter(({ kind }) => kind === "quarters");
        const ends = quarters.flatMap(({ fromMs, toMs }) => [fromMs % quarterMs, toMs % quarterMs]);
        expect(new Set([...ends, 0])).toEqual(new Set([0]));
        const longest = pieces
          .filter(({ kind }) => kind === "ledger")
          .reduce((most, { fromMs, toMs }) => Math.max(most, toMs - fromMs), 0);
        expect(longest).toBeLessThanOrEqual(quarterMs / (pieces.length > 1 ? 2 : 1));
      }),
    );
  });
});
