import { describe, expect, it } from "vitest";
import { picoPerToken } from "./pico-per-token.ts";

describe("picoPerToken", () => {
  it.each([
    ["0.075", 75_000n],
    ["3", 3_000_000n],
    ["0", 0n],
    ["2.50", 2_500_000n],
    ["0.000001", 1n],
    ["1e-7", null],
    ["0.08333333333333334", null],
    ["0.30000000000000004", null],
    ["1e+21", 10n ** 27n],
    ["NaN", null],
    ["-1", null],
    ["1,5", null],
    ["", null],
    [" 1", null],
  ])("$%s per million tokens is %s pico-dollars per token", (usd, pico) => {
    expect(picoPerToken(usd)).toBe(pico);
  });
});
