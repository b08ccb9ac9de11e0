import { expect, it } from "vitest";
import { changeOf } from "./change-of.ts";

it("a figure is compared with what was there before", () => {
  expect(changeOf(150, 100)).toEqual({ kind: "changed", ratio: 0.5 });
  expect(changeOf("1.5", "3")).toEqual({ kind: "changed", ratio: -0.5 });
  expect(changeOf(0, 7)).toEqual({ kind: "changed", ratio: -1 });
});

it("savings that were a loss before have grown", () => {
  expect(changeOf("1", "-2")).toEqual({ kind: "changed", ratio: 1.5 });
});

it("nothing before is no ratio", () => {
  expect(changeOf(5, 0)).toEqual({ kind: "new" });
  expect(changeOf("0", 0)).toEqual({ kind: "nothing" });
});

it("a cost that nobody knows is not compared", () => {
  expect(changeOf(null, "3")).toEqual({ kind: "unknown" });
  expect(changeOf("3", null)).toEqual({ kind: "unknown" });
});
