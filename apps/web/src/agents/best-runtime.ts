import type { Runtime } from "@headcount/contract/runtimes/schemas";

/** Id of the agent program that calls no model. */
export const tutorialCli = "tutorial";

/**
 * The runtime to suggest: one that works now, signed in and verified before others, a real program
 * before the tutorial.
 */
export function bestRuntime(runtimes: readonly Runtime[]): Runtime | null {
  const ranked = runtimes
    .filter(({ health, problem }) => health === "online" && problem === null)
    .toSorted((left, right) => rank(right) - rank(left));
  return ranked[0] ?? null;
}

function rank(runtime: Runtime): number {
  if (runtime.cli === tutorialCli) return 0;
  if (runtime.inspection.signIn === "signed_out") return 1;
  return runtime.verified ? 3 : 2;
}
