import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testRuns } from "@headcount/testkit/test-runs";
import { joinStretches } from "./join-stretches.ts";

const ranges = fc.array(
  fc
    .record({ fromMs: fc.nat(40), length: fc.integer({ min: 1, max: 12 }) })
    .map(({ fromMs, length }) => ({ fromMs, toMs: fromMs + length })),
  { maxLength: 8 },
);

const momentsOf = ({ fromMs, toMs }: { fromMs: number; toMs: number }): number[] =>
  Array.from({ length: toMs - fromMs }, (_, at) => fromMs + at);

describe("stretches of several ranges", () => {
  it("cover each moment of a range once, and no other", () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const read = joinStretches(some).flatMap(momentsOf);
        const wanted = new Set(some.flatMap(momentsOf));
        expect(read).toEqual([...wanted].toSorted((a, b) => a - b));
      }),
      { numRuns: testRuns(300) },
    );
  });

  it("are cut wherever a range begins or ends, so that each is a row of whole pieces", () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const cuts = new Set(joinStretches(some).flatMap(({ cutsMs, toMs }) => [...cutsMs, toMs]));
        for (const { fromMs, toMs } of some) {
          expect(cuts).toContain(fromMs);
          expect(cuts).toContain(toMs);
        }
        for (const { fromMs, cutsMs } of joinStretches(some)) expect(cutsMs[0]).toBe(fromMs);
      }),
      { numRuns: testRuns(300) },
    );
  });
});
