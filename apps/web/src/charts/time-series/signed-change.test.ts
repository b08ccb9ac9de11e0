import { expect, test } from "vitest";
import { signedChange } from "./signed-change.ts";

const plain = (value: number): string => String(value);

test("a change has its sign, its amount and its share", () => {
  expect(signedChange(100, 125, plain)).toBe("+25 (+25 %)");
  expect(signedChange(100, 40, plain)).toBe("−60 (−60 %)");
  expect(signedChange(100, 100, plain)).toBe("+0 (+0 %)");
});

test("nothing has no share", () => {
  expect(signedChange(0, 7, plain)).toBe("+7");
});
