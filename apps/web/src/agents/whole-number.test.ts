import { expect, test } from "vitest";
import { wholeNumber } from "./whole-number.ts";

test("only whole numbers within the bounds are taken", () => {
  expect(wholeNumber(" 6 ", 1, 50)).toBe(6);
  for (const typed of ["", "0", "51", "-3", "2.5", "1e1", "six"]) {
    expect(wholeNumber(typed, 1, 50), typed).toBeUndefined();
  }
});
