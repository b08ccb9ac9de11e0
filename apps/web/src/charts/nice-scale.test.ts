import fc from "fast-check";
import { expect, test } from "vitest";
import { niceScale } from "./nice-scale.ts";

test("an axis covers its data with few, evenly spaced, round ticks", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (largest) => {
      const { top, ticks } = niceScale(largest, 4);
      expect(top).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBe(top);
    }),
  );
});

test("no data has an axis without steps", () => {
  expect(niceScale(0, 4)).toEqual({ top: 1, ticks: [0] });
});
