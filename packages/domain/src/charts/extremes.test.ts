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
      if (known.length === 0) {
        expect([smallestAt, largestAt]).toEqual([-1, -1]);
        return;
      }
      expect(list[smallestAt]).toBe(Math.min(...known));
      expect(list[largestAt]).toBe(Math.max(...known));
      expect(smallestAt).toBeGreaterThanOrEqual(start);
      expect(largestAt).toBeLessThan(end);
    }),
  );
});
