import { expect, test } from "vitest";
import { bucketRange, countBefore, findBucket } from "./find-bucket.ts";

const times = [10, 20, 40];

test("a bucket holds its own instant and everything before the next one", () => {
  expect([9, 10, 19, 20, 39, 40, 49, 50].map((at) => findBucket(times, 50, at))).toEqual([
    null,
    0,
    0,
    1,
    1,
    2,
    2,
    null,
  ]);
});

test("an instant of today is in the bucket that begins at it", () => {
  const startMs = Date.parse("2026-11-21T13:00:00Z");
  expect(findBucket([startMs - 300_000, startMs], startMs + 300_000, startMs)).toBe(1);
});

test("buckets have the widths that their instants give them, the last one its stated end", () => {
  expect(bucketRange(times, 50, 1)).toEqual({ fromMs: 20, toMs: 40 });
  expect(bucketRange(times, 50, 2)).toEqual({ fromMs: 40, toMs: 50 });
  expect(bucketRange(times, 50, 3)).toBeNull();
});

test("an instant is not before itself", () => {
  expect([9, 10, 11, 41].map((at) => countBefore(times, at))).toEqual([0, 0, 1, 3]);
});
