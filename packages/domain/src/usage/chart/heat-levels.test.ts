import fc from "fast-check";
import { expect, it } from "vitest";
import { heatLevels } from "./heat-levels.ts";

it("days are told apart by their rank, not by how far the busiest one stands out", () => {
  expect(heatLevels([0, 1, 2, 3, 1_000_000])).toEqual([0, 1, 2, 3, 4]);
});

it("days with the same figure look the same, and one alone is busiest", () => {
  expect(heatLevels([5, 5, 5])).toEqual([4, 4, 4]);
  expect(heatLevels([0, 3, 0])).toEqual([0, 4, 0]);
});

it("more is never paler, and something is never nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 182 }), (values) => {
      const levels = heatLevels(values);
      const days = values.map((value, index) => ({ value, level: levels[index] ?? 0 }));
      for (const { value, level } of days) expect(level > 0).toBe(value > 0);
      const sorted = days.toSorted((a, b) => a.value - b.value);
      expect(sorted.map(({ level }) => level)).toEqual(
        sorted.map(({ level }) => level).toSorted((a, b) => a - b),
      );
    }),
  );
});
