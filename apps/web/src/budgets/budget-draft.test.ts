import { expect, test } from "vitest";
import { draftOf, problemsOf, windowOf } from "./budget-draft.ts";

const draft = { ...draftOf(null, "Europe/Berlin", "2026-11-22"), name: "Team", limit: "5" };

test("a window has what its kind has, and nothing else of the form", () => {
  expect(windowOf(draft)).toEqual({
    kind: "month",
    zone: "Europe/Berlin",
    resetHour: 0,
    resetDay: 1,
  });
  expect(windowOf({ ...draft, kind: "rolling_5h" })).toEqual({ kind: "rolling_5h" });
  expect(Object.values(problemsOf(draft))).not.toContain(true);
});

test.each([
  ["the wrong way round", "2026-11-22", "2026-11-21"],
  ["without a first day", "", "2026-11-22"],
  ["without a last day", "2026-11-22", ""],
])("a range %s is a problem of the form, not of the page", (_, startDay, endDay) => {
  const range = { ...draft, kind: "range" as const, startDay, endDay };
  expect(windowOf(range)).toBeNull();
  expect(problemsOf(range).window).toBe(true);
});
