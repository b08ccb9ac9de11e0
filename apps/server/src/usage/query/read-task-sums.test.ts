import { describe, expect, it } from "vitest";
import { coverageOf, type KnownCoverage } from "./read-task-sums.ts";

const exact: KnownCoverage = { level: "exact", reason: "" };
const partial: KnownCoverage = { level: "partial", reason: "cache writes are not reported" };
const none: KnownCoverage = { level: "none", reason: "this CLI reports nothing" };
const unknown: KnownCoverage = { level: "unknown", reason: "" };

describe("coverageOf", () => {
  it.each([
    [[], "unknown", ""],
    [[unknown], "unknown", ""],
    [[exact, unknown], "exact", ""],
    [[exact, partial], "partial", partial.reason],
    [[exact, none], "partial", none.reason],
    [[none, none], "none", none.reason],
  ] as const)("of %j is %s", (tasks, coverage, coverageReason) => {
    expect(coverageOf(tasks)).toEqual({ coverage, coverageReason });
  });
});
