import { expect, test } from "vitest";
import { foundSpan } from "./found-span.ts";

test.each([
  ["2026-11-20", "2026-11-20", 1, "day"],
  ["2026-11-01", "2026-11-09", 9, "day"],
  ["2026-11-01", "2026-11-20", 3, "week"],
  ["2026-09-01", "2026-11-01", 2, "month"],
  ["2025-09-20", "2026-11-20", 14, "month"],
  ["2023-01-01", "2026-11-20", 4, "year"],
  // A clock that was set back between the two.
  ["2026-11-20", "2026-11-19", 1, "day"],
])("from %s to %s it is %d × %s", (first, last, count, unit) => {
  expect(foundSpan(first, last)).toEqual({ count, unit });
});
