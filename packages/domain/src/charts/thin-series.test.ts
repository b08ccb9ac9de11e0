import fc from "fast-check";
import { expect, test } from "vitest";
import { makeExtremes } from "./extremes.ts";
import { thinSeries } from "./thin-series.ts";

const dense = fc.array(fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null, freq: 8 }), {
  minLength: 300,
  maxLength: 2_000,
});

test("no peak and no trough is lost, and few places remain", () => {
  fc.assert(
    fc.property(dense, (values) => {
      const timesMs = values.map((_, index) => index * 1_000);
      const range = { fromMs: 0, toMs: values.length * 1_000 };
      const thin = thinSeries({ timesMs, series: [makeExtremes(values)], range, columns: 50 });
      const drawn = (thin.values[0] ?? []).filter((value) => value !== null);
      const known = values.filter((value) => value !== null);
      expect(thin.timesMs.length).toBeLessThanOrEqual(2 * 53);
      expect(Math.max(...drawn)).toBe(Math.max(...known));
      expect(Math.min(...drawn)).toBe(Math.min(...known));
      expect(thin.timesMs).toEqual(thin.timesMs.toSorted((a, b) => a - b));
    }),
  );
});

test("few values are drawn as they are, with one more on each side and gaps as gaps", () => {
  const thin = thinSeries({
    timesMs: [0, 10, 20, 30, 40],
    series: [makeExtremes([1, 2, null, 4, 5])],
    range: { fromMs: 12, toMs: 31 },
    columns: 100,
  });
  expect(thin).toEqual({ timesMs: [10, 20, 30, 40], values: [[2, null, 4, 5]], columnMs: null });
});

test("a hole as wide as a column stays a hole", () => {
  const values = Array.from({ length: 1_000 }, (_, index) =>
    index >= 400 && index < 600 ? null : 5,
  );
  const timesMs = values.map((_, index) => index);
  const thin = thinSeries({
    timesMs,
    series: [makeExtremes(values)],
    range: { fromMs: 0, toMs: 1_000 },
    columns: 100,
  });
  const inHole = thin.timesMs.flatMap((at, index) =>
    at > 405 && at < 595 ? [thin.values[0]?.[index]] : [],
  );
  expect(inHole.length).toBeGreaterThan(30);
  expect(inHole.every((value) => value === null)).toBe(true);
});

test("panning by a column moves the shape and does not change it", () => {
  const values = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 101);
  const timesMs = values.map((_, index) => index);
  const series = [makeExtremes(values)];
  const thin = (fromMs: number) =>
    thinSeries({ timesMs, series, range: { fromMs, toMs: fromMs + 1_000 }, columns: 100 });
  const drawn = new Map(thin(1_000).timesMs.map((at, i) => [at, thin(1_000).values[0]?.[i]]));
  const moved = thin(1_010);
  const shared = moved.timesMs.filter((at) => drawn.has(at));
  expect(shared.length).toBeGreaterThan(190);
  for (const at of shared) expect(moved.values[0]?.[moved.timesMs.indexOf(at)]).toBe(drawn.get(at));
});
