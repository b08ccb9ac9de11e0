import {
  type OutcomeSplit,
  type Spend,
  type SpendShare,
  spendOutcomes,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { csvText, type CsvCell } from "../query/csv-text.ts";

const parts = ["total", ...spendOutcomes] as const;

/** A line per row and one for the total, with the cost of every outcome and what a result took. */
export function outcomesCsv({ total, rows, groupBy }: UsageOutcomesReply): string {
  const titles = [
    groupBy ?? "what",
    "id",
    ...parts.flatMap((part) => [`${part}_cost`, `${part}_notional`]),
    "tokens",
    "run_time_ms",
    "tasks",
    "issues_done",
    "cost_per_issue",
    "notional_per_issue",
    "run_time_ms_per_issue",
    "attempts_per_issue",
    "pull_requests_merged",
    "cost_per_pull_request",
    "notional_per_pull_request",
    "run_time_ms_per_pull_request",
    "attempts_per_pull_request",
  ];
  return csvText(titles, [
    ...rows.map((row) => lineOf([{ text: row.key.label }, { text: row.key.value ?? "" }], row)),
    lineOf([{ text: "total" }, { text: "" }], total),
  ]);
}

function lineOf(names: readonly CsvCell[], split: OutcomeSplit): readonly CsvCell[] {
  const { spend, byOutcome, issuesDone, pullRequestsMerged } = split;
  const money = (of: Spend): CsvCell[] => [{ figure: of.costUsd }, { figure: of.notionalUsd }];
  const shares = (share: SpendShare | null): CsvCell[] => [
    { figure: share?.costUsd ?? null },
    { figure: share?.notionalUsd ?? null },
    { figure: share?.runTimeMs ?? null },
    { figure: share?.attempts ?? null },
  ];
  return [
    ...names,
    ...money(spend),
    ...spendOutcomes.flatMap((outcome) => money(byOutcome[outcome])),
    { figure: spend.tokens },
    { figure: spend.runTimeMs },
    { figure: spend.tasks },
    { figure: issuesDone.count },
    ...shares(issuesDone.perIssue),
    { figure: pullRequestsMerged.count },
    ...shares(pullRequestsMerged.perPullRequest),
  ];
}
