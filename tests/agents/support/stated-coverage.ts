import type { UsageBreakdown } from "@headcount/contract/usage/schemas";

/** What a CLI can know of the tokens of a run, in the words the product has for it. */
export type StatedCoverage = {
  readonly level: UsageBreakdown["coverage"];
  /** Has to match the stated reason. */
  readonly reason: RegExp;
  /** Scripted replies, by the name of their rule, that were served and cannot be on the books. */
  readonly lost: readonly string[];
};

export const exact: StatedCoverage = { level: "exact", reason: /^$/, lost: [] };

/** @param lost the names of the rules whose replies the CLI cannot tell of; all others are booked */
export function partial(reason: RegExp, lost: readonly string[] = []): StatedCoverage {
  return { level: "partial", reason, lost };
}
