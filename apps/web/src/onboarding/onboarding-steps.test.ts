import { expect, test } from "vitest";
import { isUnfinished, onboardingSteps, openStep } from "./onboarding-steps.ts";

test("without a workspace everything begins with one, whatever was done before", () => {
  expect(openStep({ machine: "done", agent: "done" }, false)).toBe("workspace");
});

test("the open step is the first that was neither finished nor skipped", () => {
  expect(openStep({ workspace: "done" }, true)).toBe("machine");
  expect(openStep({ workspace: "done", machine: "skipped", agent: "done" }, true)).toBe("issue");
});

test("skipping counts as an end", () => {
  const skipped = Object.fromEntries(onboardingSteps.map((step) => [step, "skipped"] as const));
  expect(openStep(skipped, true)).toBeNull();
  expect(isUnfinished(skipped, true)).toBe(false);
});

test("who never began is not led back, who stopped half-way is", () => {
  expect(isUnfinished({}, true)).toBe(false);
  expect(isUnfinished({ workspace: "done" }, true)).toBe(true);
});
