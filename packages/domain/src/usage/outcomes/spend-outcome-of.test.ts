import { describe, expect, it } from "vitest";
import type { IssueStatus } from "@headcount/contract/issues/schemas";
import { spendOutcomeOf } from "./spend-outcome-of.ts";

describe("what usage came to", () => {
  it.each([
    ["done", false, "before_done", "done"],
    ["done", false, "after_done", "rework"],
    ["done", true, "before_done", "done"],
    ["in_progress", false, "before_done", "open"],
    ["in_progress", false, "after_done", "rework"],
    ["blocked", false, "before_done", "open"],
    ["todo", true, "before_done", "abandoned"],
    ["todo", true, "after_done", "rework"],
    ["cancelled", false, "before_done", "abandoned"],
    ["cancelled", false, "after_done", "abandoned"],
  ] as const satisfies readonly (readonly [IssueStatus, boolean, string, string])[])(
    "an issue that is %s, deleted: %s, whose task began %s: %s",
    (status, isDeleted, began, outcome) => {
      expect(spendOutcomeOf({ issue: { status, isDeleted }, began })).toBe(outcome);
    },
  );

  it("is told apart where there is no issue", () => {
    expect(spendOutcomeOf({ issue: null, began: "before_done" })).toBe("outside");
  });
});
