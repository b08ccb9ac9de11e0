import fc from "fast-check";
import { expect, test } from "vitest";
import { figures as english } from "../i18n/en/figures.ts";
import { figures as chinese } from "../i18n/zh-Hans/figures.ts";
import { agentGlyph } from "./agent-glyph.ts";
import { formatDuration } from "./format-duration.ts";
import { formatMoney } from "./format-money.ts";
import { formatExactTokens, formatTokens } from "./format-tokens.ts";

const plainSpace = (text: string) => text.replaceAll("\u202f", " ");

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1.00 k"],
  [9_999, "10.0 k"],
  [12_345, "12.3 k"],
  [999_499, "999 k"],
  [999_500, "1.00 M"],
  [1_240_318, "1.24 M"],
  ["1240318000", "1.24 B"],
  ["9007199254740993000", "9010000 T"],
])("tokens %s read as %s", (count, expected) => {
  expect(plainSpace(formatTokens(count))).toBe(expected);
});

test("rounded tokens never stray more than half a percent from the exact count", () => {
  const factor: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_000_000_000 }), (count) => {
      const [figure = "", suffix = ""] = plainSpace(formatTokens(count)).split(" ");
      const read = Number(figure) * (factor[suffix] ?? Number.NaN);
      expect(Math.abs(read - count)).toBeLessThanOrEqual(count * 0.005);
    }),
  );
});

test("exact tokens keep every digit beyond 2^53", () => {
  expect(formatExactTokens("9007199254740993")).toBe("9,007,199,254,740,993");
});

test.each([
  ["0", "$0"],
  ["0.0000001", "<$0.000001"],
  ["0.000004", "$0.000004"],
  ["0.0042", "$0.0042"],
  ["0.00999", "$0.01"],
  ["0.0421", "$0.042"],
  ["0.0999", "$0.10"],
  ["0.42", "$0.42"],
  ["3.176", "$3.18"],
  ["1203.9", "$1,204"],
  ["-3.176", "−$3.18"],
])("money %s reads as %s", (usd, expected) => {
  expect(formatMoney(usd)).toBe(expected);
});

test("money refuses what is not an amount", () => {
  expect(() => formatMoney("free")).toThrow(RangeError);
});

test.each([
  [0, "0s", "0 秒"],
  [40, "0s", "0 秒"],
  [450, "0.4s", "0.4 秒"],
  [12_900, "12s", "12 秒"],
  [192_000, "3m 12s", "3 分 12 秒"],
  [7_500_000, "2h 5m", "2 时 5 分"],
  [7_200_000, "2h", "2 时"],
  [273_600_000, "3d 4h", "3 天 4 时"],
  [-5, "0s", "0 秒"],
])("a duration of %i ms reads as %s", (durationMs, inEnglish, inChinese) => {
  expect(formatDuration(durationMs, english)).toBe(inEnglish);
  expect(formatDuration(durationMs, chinese)).toBe(inChinese);
});

test("an agent's glyph depends on its id alone and spreads over the hues", () => {
  const glyphs = Array.from({ length: 200 }, (_, index) =>
    agentGlyph(`019a8f00-0000-7000-8000-${index}`),
  );
  expect(agentGlyph("a")).toEqual(agentGlyph("a"));
  expect(new Set(glyphs.map((glyph) => glyph.hue)).size).toBeGreaterThan(15);
  expect(new Set(glyphs.map((glyph) => JSON.stringify(glyph.tiles))).size).toBeGreaterThan(150);
});
