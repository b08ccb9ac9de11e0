import type { UsageBreakdown } from "@headcount/contract/usage/schemas";

/** What a CLI can know of the tokens of a run, in the words the product has for it. */
export type StatedCoverage = {
  readonly level: UsageBreakdown["coverage"];
  /** Has to match the stated reason. */
  readonly reason: RegExp;
};

export const exact: StatedCoverage = { level: "exact", reason: /^$/ };

export function partial(reason: RegExp): StatedCoverage {
  return { level: "partial", reason };
}
