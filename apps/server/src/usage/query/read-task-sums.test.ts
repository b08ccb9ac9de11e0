import { describe, expect, it } from "vitest";
import { coverageOf, type TaskCoverage } from "./read-task-sums.ts";

const exact: TaskCoverage = { level: "exact", reason: "" };
const partial: TaskCoverage = { level: "partial", reason: "cache writes are not reported" };
const none: TaskCoverage = { level: "none", reason: "this CLI reports nothing" };
const unknown: TaskCoverage = { level: "unknown", reason: "" };

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
