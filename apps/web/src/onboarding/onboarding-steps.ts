import type { User } from "@headcount/contract/users/schemas";
import { z } from "zod";

/** The first steps in their order; five, as a tally has strokes. */
export const onboardingSteps = ["workspace", "machine", "agent", "issue", "watch"] as const;

export type OnboardingStep = (typeof onboardingSteps)[number];

/** The step that is open and the issue that is watched, as they stand in the address. */
export const OnboardingSearch = z.object({
  step: z.enum(onboardingSteps).optional().catch(undefined),
  issue: z.string().max(40).optional().catch(undefined),
});

/** The first step that is neither finished nor skipped; null when none is left. */
export function openStep(
  onboarding: User["onboarding"],
  hasWorkspace: boolean,
): OnboardingStep | null {
  if (!hasWorkspace) return "workspace";
  const open = onboardingSteps.find(
    (step) => step !== "workspace" && onboarding[step] === undefined,
  );
  return open ?? null;
}

/** Whether somebody began the first steps and has not come to their end. */
export function isUnfinished(onboarding: User["onboarding"], hasWorkspace: boolean): boolean {
  return Object.keys(onboarding).length > 0 && openStep(onboarding, hasWorkspace) !== null;
}
