import { expect, test } from "vitest";
import { formatChanges } from "./format-changes.ts";

test("changes are said in one line, zero as zero", () => {
  const changes = { linesAdded: 12, linesDeleted: 3, filesChanged: 2 };
  expect(formatChanges(changes)).toBe("+12 −3 in 2 files");
  expect(formatChanges({ ...changes, filesChanged: 1 })).toBe("+12 −3 in 1 file");
  const none = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };
  expect(formatChanges(none)).toBe("+0 −0 in 0 files");
});
