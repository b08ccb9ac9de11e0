import type { OutcomeSplit, SpendShare } from "@headcount/contract/usage/outcome-schemas";
import type { UsageResult } from "../usage-search.ts";

/** How many of a kind of result there were, and what each took; null without any. */
export type ResultFigures = { readonly count: number; readonly each: SpendShare | null };

/** What usage came to, counted in issues done or in merged pull requests. */
export function resultOf(split: OutcomeSplit, result: UsageResult): ResultFigures {
  const { issuesDone, pullRequestsMerged } = split;
  return result === "issues"
    ? { count: issuesDone.count, each: issuesDone.perIssue }
    : { count: pullRequestsMerged.count, each: pullRequestsMerged.perPullRequest };
}
