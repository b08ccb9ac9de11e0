import fc from "fast-check";
import { expect, test } from "vitest";
import { extremesBetween, makeExtremes } from "./extremes.ts";

const values = fc.array(fc.option(fc.integer({ min: -9, max: 9 }), { nil: null }), {
  maxLength: 400,
});

test("the extremes of a stretch are those that a look at every value finds", () => {
  fc.assert(
    fc.property(values, fc.nat(400), fc.nat(400), (list, one, other) => {
      const [start, end] = [
        Math.min(one, other, list.length),
        Math.min(Math.max(one, other), list.length),
      ];
      const known = list.slice(start, end).filter((value) => value !== null);
      const { smallestAt, largestAt } = extremesBetween(makeExtremes(list), start, end);
      expect(list[smallestAt] ?? Number.POSITIVE_INFINITY).toBe(Math.min(...known));
      expect(list[largestAt] ?? Number.NEGATIVE_INFINITY).toBe(Math.max(...known));
      expect(smallestAt < 0 || smallestAt >= start).toBe(true);
      expect(largestAt).toBeLessThan(Math.max(end, 0));
    }),
  );
});
