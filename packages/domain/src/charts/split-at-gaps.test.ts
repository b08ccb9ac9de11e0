import { expect, test } from "vitest";
import { splitAtGaps } from "./split-at-gaps.ts";

test("a collector that was down leaves a hole, and neither zero nor a straight line", () => {
  expect(splitAtGaps([0, 10, 20, 90, 100], [[1, 2, 3, 4, 5]], 30)).toEqual({
    timesMs: [0, 10, 20, 50, 90, 100],
    values: [[1, 2, 3, null, 4, 5]],
  });
});

test("samples without a hole stay as they are, zeros included", () => {
  expect(splitAtGaps([0, 10, 20], [[0, 0, 1]], 30)).toEqual({
    timesMs: [0, 10, 20],
    values: [[0, 0, 1]],
  });
});
