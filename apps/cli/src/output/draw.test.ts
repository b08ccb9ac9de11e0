import { expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { drawBar } from "./draw-bar.ts";
import { drawCurve, drawShade } from "./draw-curve.ts";
import { formatCount } from "./format-count.ts";
import { formatSpan } from "./format-span.ts";
import { inkOf } from "./ink.ts";

test("bars are as long as their share, never longer than the room, and show whatever is there", () => {
  expect(drawBar(0, 10, "blocks")).toBe("");
  expect(drawBar(0.0001, 10, "blocks")).toBe("▏");
  expect(drawBar(0.5, 10, "blocks")).toBe("█████");
  expect(drawBar(0.33, 10, "blocks")).toBe("███▎");
  expect(drawBar(1, 10, "ascii")).toBe("##########");
  expect(displayWidth(drawBar(7, 10, "blocks"))).toBe(10);
  expect(drawBar(Number.NaN, 10, "blocks")).toBe("");
});

test("curves fit their room and keep every value", () => {
  expect(drawCurve([0, 1, 4, 8], 10, "blocks")).toBe(" ▁▄█");
  expect(drawCurve([0, 1, 4, 8], 10, "ascii")).toBe(" _-#");
  expect(drawCurve([1, 1, 2, 2, 4], 3, "blocks")).toBe("▄██");
  expect(
    drawCurve(
      Array.from({ length: 365 }, () => 1),
      60,
      "blocks",
    ).length,
  ).toBeLessThanOrEqual(60);
  expect(drawCurve([], 10, "blocks")).toBe("");
  expect([0, 0.1, 1].map((share) => drawShade(share, "ascii")).join("")).toBe(".-#");
});

test("only a terminal of UTF-8 gets block characters", () => {
  const stdout = { isTerminal: true, columns: 80, write: () => {} };
  expect(inkOf({ stdout, environment: { LANG: "de_DE.UTF-8" } })).toBe("blocks");
  expect(inkOf({ stdout, environment: {} })).toBe("blocks");
  expect(inkOf({ stdout, environment: { LC_ALL: "C", LANG: "de_DE.UTF-8" } })).toBe("ascii");
  expect(inkOf({ stdout, environment: { TERM: "dumb" } })).toBe("ascii");
  expect(inkOf({ stdout: { ...stdout, isTerminal: false }, environment: {} })).toBe("ascii");
});

test.each([
  [0, "0"],
  [9_999, "9999"],
  [12_345, "12.3k"],
  [999_949, "1.00M"],
  [999_400, "999k"],
  ["9999999999999999", "10.0P"],
  [-25_000, "-25.0k"],
])("%s is counted as %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, "0s"],
  [59_499, "59s"],
  [185_000, "3m 05s"],
  [7_620_000, "2h 07m"],
  [442_800_000, "5d 03h"],
])("%i ms take %s", (spanMs, text) => {
  expect(formatSpan(spanMs)).toBe(text);
});
