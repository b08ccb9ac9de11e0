import {
  type OutcomeSplit,
  type Spend,
  spendOutcomes,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { csvText, type CsvCell } from "../query/csv-text.ts";

const parts = ["total", ...spendOutcomes] as const;

/** A line per row and one for the total, with the cost of every outcome and the shares of an issue done. */
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
  ];
  return csvText(titles, [
    ...rows.map((row) => lineOf([{ text: row.key.label }, { text: row.key.value ?? "" }], row)),
    lineOf([{ text: "total" }, { text: "" }], total),
  ]);
}

function lineOf(names: readonly CsvCell[], split: OutcomeSplit): readonly CsvCell[] {
  const { spend, byOutcome, issuesDone } = split;
  const money = (of: Spend): CsvCell[] => [{ figure: of.costUsd }, { figure: of.notionalUsd }];
  const { perIssue } = issuesDone;
  return [
    ...names,
    ...money(spend),
    ...spendOutcomes.flatMap((outcome) => money(byOutcome[outcome])),
    { figure: spend.tokens },
    { figure: spend.runTimeMs },
    { figure: spend.tasks },
    { figure: issuesDone.count },
    { figure: perIssue?.costUsd ?? null },
    { figure: perIssue?.notionalUsd ?? null },
    { figure: perIssue?.runTimeMs ?? null },
    { figure: perIssue?.attempts ?? null },
  ];
}
