import fc from "fast-check";
import { expect, test } from "vitest";
import { makeStack, stackEdges, thinStack } from "./thin-stack.ts";

test("parts that are drawn add up to the sum of the same place", () => {
  const part = fc.array(fc.option(fc.nat(100), { nil: null }), { minLength: 200, maxLength: 200 });
  fc.assert(
    fc.property(part, part, part, (...parts) => {
      const stack = makeStack(parts);
      const timesMs = parts[0].map((_, index) => index);
      const places = thinStack(timesMs, stack, {
        range: { fromMs: 0, toMs: 200 },
        columns: 20,
        keep: "extremes",
      });
      const edges = stackEdges(stack, places);
      expect(places.length).toBeLessThanOrEqual(42);
      places.forEach((place, step) => {
        const known = parts.flatMap((values) => values[place] ?? []);
        const sum = known.length === 0 ? null : known.reduce((one, other) => one + other, 0);
        expect(edges.at(-1)?.[step]).toBe(sum);
      });
    }),
  );
});

test("a part that is missing counts as nothing, a bucket without any part is a gap", () => {
  const stack = makeStack([
    [1, null, 3],
    [10, null, null],
  ]);
  expect(stackEdges(stack, [0, 1, 2])).toEqual([
    [1, null, 3],
    [11, null, 3],
  ]);
});

test("the highest column of a crowded stack is drawn", () => {
  const values = Array.from({ length: 10_000 }, (_, index) => (index === 6_543 ? 900 : index % 7));
  const stack = makeStack([values]);
  const timesMs = values.map((_, index) => index);
  for (const keep of ["extremes", "highest"] as const) {
    const room = { range: { fromMs: 0, toMs: 10_000 }, columns: 100, keep };
    const places = thinStack(timesMs, stack, room);
    expect(places).toContain(6_543);
    expect(places.length).toBeLessThanOrEqual(keep === "highest" ? 102 : 204);
  }
});
