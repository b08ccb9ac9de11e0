import fc from "fast-check";
import { expect, test } from "vitest";
import {
  keepInside,
  leastRangeMs,
  panRange,
  pinchRange,
  rangeBetween,
  zoomRange,
} from "./move-range.ts";

const bounds = { fromMs: 0, toMs: 100_000_000 };
const inside = fc
  .tuple(fc.integer({ min: 0, max: 99_000_000 }), fc.integer({ min: leastRangeMs, max: 900_000 }))
  .map(([fromMs, widthMs]) => ({ fromMs, toMs: fromMs + widthMs }));

test("the instant under the pointer stays under it while zooming", () => {
  fc.assert(
    fc.property(inside, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
      const aroundMs = range.fromMs + share * (range.toMs - range.fromMs);
      const zoomed = zoomRange(range, { factor: 0.8, aroundMs }, { fromMs: -1e12, toMs: 1e12 });
      const after = (aroundMs - zoomed.fromMs) / (zoomed.toMs - zoomed.fromMs);
      expect(after).toBeCloseTo(share, 3);
    }),
  );
});

test("no gesture leaves the bounds or comes closer than a minute", () => {
  const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(inside, factor, fc.integer({ min: -1e9, max: 1e9 }), (range, zoom, byMs) => {
      const moved = panRange(
        zoomRange(range, { factor: zoom, aroundMs: range.fromMs }, bounds),
        byMs,
        bounds,
      );
      expect(moved.fromMs).toBeGreaterThanOrEqual(bounds.fromMs);
      expect(moved.toMs).toBeLessThanOrEqual(bounds.toMs);
      expect(moved.toMs - moved.fromMs).toBeGreaterThanOrEqual(leastRangeMs);
    }),
  );
});

test("panning against the edge keeps the width", () => {
  const range = { fromMs: 1_000_000, toMs: 2_000_000 };
  expect(panRange(range, -5_000_000, bounds)).toEqual({ fromMs: 0, toMs: 1_000_000 });
});

test("a brush may be drawn in either direction, and a tiny one still shows a minute", () => {
  expect(rangeBetween(900_000, 300_000, bounds)).toEqual({ fromMs: 300_000, toMs: 900_000 });
  const tiny = rangeBetween(500_000, 500_010, bounds);
  expect(tiny.toMs - tiny.fromMs).toBe(leastRangeMs);
});

test("a range wider than what is known is what is known", () => {
  expect(keepInside({ fromMs: -5, toMs: 1e12 }, bounds)).toEqual(bounds);
});

test("two fingers keep the instants below them, whether they move apart or aside", () => {
  const held = { oneMs: 1_000_000, otherMs: 2_000_000 };
  expect(pinchRange(held, { oneShare: 0.25, otherShare: 0.75 }, bounds)).toEqual({
    fromMs: 500_000,
    toMs: 2_500_000,
  });
  expect(pinchRange(held, { oneShare: 0, otherShare: 0.5 }, bounds)).toEqual({
    fromMs: 1_000_000,
    toMs: 3_000_000,
  });
});

test("fingers that cross or touch say nothing", () => {
  const held = { oneMs: 1_000_000, otherMs: 2_000_000 };
  expect(pinchRange(held, { oneShare: 0.5, otherShare: 0.5 }, bounds)).toBeNull();
  expect(pinchRange(held, { oneShare: 0.7, otherShare: 0.3 }, bounds)).toBeNull();
});
