import fc from "fast-check";
import { expect, test } from "vitest";
import { groupMarks } from "./group-marks.ts";

const range = { fromMs: 0, toMs: 1_000 };
const marksAt = (...times: readonly number[]) => times.map((atMs) => ({ atMs }));

test("marks on one another are one, marks apart are several, marks outside are none", () => {
  const groups = groupMarks(marksAt(-5, 100, 104, 300, 2_000), range, 0.02);
  expect(groups).toMatchObject([
    { share: expect.closeTo(0.102, 9), marks: [{ atMs: 100 }, { atMs: 104 }] },
    { share: expect.closeTo(0.3, 9), marks: [{ atMs: 300 }] },
  ]);
});

test("every mark of the range is in exactly one group, and there is room for all groups", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 })), (times) => {
      const groups = groupMarks(marksAt(...times), range, 0.05);
      expect(groups.flatMap(({ marks }) => marks.map(({ atMs }) => atMs))).toEqual(
        times.toSorted((a, b) => a - b),
      );
      expect(groups.length).toBeLessThanOrEqual(21);
    }),
  );
});
