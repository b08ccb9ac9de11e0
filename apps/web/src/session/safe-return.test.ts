import { expect, test } from "vitest";
import { safeReturn } from "./safe-return.ts";

test("a path of this site is kept", () => {
  expect(safeReturn("/acme/issues?status=todo")).toBe("/acme/issues?status=todo");
});

test("nothing leads to another origin", () => {
  for (const to of ["//evil.example", "/\\evil.example", "https://evil.example", "evil", ""]) {
    expect(safeReturn(to)).toBe("/");
  }
  expect(safeReturn(undefined)).toBe("/");
});
