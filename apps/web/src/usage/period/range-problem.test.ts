import { expect, it } from "vitest";
import { rangeProblem } from "./range-problem.ts";

it("two days are a period when they are in order and not years and years apart", () => {
  expect(rangeProblem("2026-11-01", "2026-11-01")).toBeNull();
  expect(rangeProblem("2026-11-02", "2026-11-01")).toBe("backwards");
  expect(rangeProblem("", "2026-11-01")).toBe("missing");
  expect(rangeProblem("2006-11-01", "2026-11-01")).toBe("too_long");
});
