import { expect, it } from "vitest";
import { type BarSeries, grained } from "./bar-types.ts";

const series = ["a", "b", "c", "d", "e", "f"].map(
  (id): BarSeries => ({ id, label: id, colour: "grey" }),
);

it("six series are told apart without their colours", () => {
  expect(new Set(grained(series).map(({ grain }) => grain)).size).toBe(series.length);
});

it("the largest series, which is the first, is a plain area", () => {
  expect(grained(series)[0]?.grain).toBe("plain");
});
