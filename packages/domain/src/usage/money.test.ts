import { UsdAmount } from "@headcount/contract/kit/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatUsd, parseUsd, roundUsd } from "./money.ts";

describe("money", () => {
  it.each([
    [0n, "0"],
    [1n, "0.000000000001"],
    [75_000n, "0.000000075"],
    [4_215_000_000n, "0.004215"],
    [1_000_000_000_000n, "1"],
    [-1_500_000_000_000n, "-1.5"],
    [123_456_789_012_345_678_901_234_567_890n, "123456789012345678.90123456789"],
  ])("writes %s pico-dollars as %s and reads them back", (pico, text) => {
    expect(formatUsd(pico)).toBe(text);
    expect(parseUsd(text)).toEqual({ ok: true, value: pico });
  });

  it("loses nothing, whatever the amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (pico) => {
        const text = formatUsd(pico);
        expect(UsdAmount.safeParse(text).success).toBe(true);
        expect(parseUsd(text)).toEqual({ ok: true, value: pico });
      }),
    );
  });

  it.each([
    ["1.0000000000001", "too_precise"],
    ["", "not_a_decimal"],
    ["1e3", "not_a_decimal"],
    [".5", "not_a_decimal"],
    ["1,5", "not_a_decimal"],
    ["NaN", "not_a_decimal"],
    ["+1", "not_a_decimal"],
  ])("refuses %j as %s", (text, reason) => {
    expect(parseUsd(text)).toEqual({ ok: false, reason });
  });

  it.each([
    ["0.00123456789012345", 1_234_567_890n],
    ["4.2e-5", 42_000_000n],
    ["1E2", 100_000_000_000_000n],
    ["0.0000000000005", 1n],
    ["0.00000000000049", 0n],
    ["-0.0000000000005", -1n],
    ["3.", 3_000_000_000_000n],
  ])("rounds the stated amount %s to %s pico-dollars", (text, pico) => {
    expect(roundUsd(text)).toEqual({ ok: true, value: pico });
  });

  it("refuses stated amounts that are no numbers", () => {
    for (const text of ["", "free", "NaN", "Infinity", "0x10", "1e9999"]) {
      expect(roundUsd(text)).toEqual({ ok: false, reason: "not_a_decimal" });
    }
  });
});
