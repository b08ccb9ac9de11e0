import {
  type OutcomeSplit,
  type SpendOutcome,
  spendOutcomes,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { formatCost } from "../output/format-cost.ts";
import { formatSpan } from "../output/format-span.ts";
import type { Printer } from "../output/printer.ts";

const titles: Readonly<Record<SpendOutcome, string>> = {
  done: "DONE",
  rework: "REWORK",
  abandoned: "ABANDONED",
  open: "OPEN",
  outside: "OUTSIDE",
};

/** Where the money went, then what an issue done needed: two tables that fit into 80 columns. */
export function printOutcomes(
  { rows, total, groupBy }: UsageOutcomesReply,
  printer: Printer,
): void {
  const named = [
    ...rows.map((row) => ({ name: row.key.label, ...row })),
    { name: "total", ...total },
  ];
  type Row = OutcomeSplit & { readonly name: string };
  const name = {
    title: (groupBy ?? "what").toUpperCase(),
    value: (row: Row) => row.name,
    shrinks: true,
  } as const;
  printer.table(named, [
    name,
    ...spendOutcomes.map((outcome) => ({
      title: titles[outcome],
      value: (row: Row) => formatCost(row.byOutcome[outcome].costUsd),
      align: "right" as const,
    })),
    { title: "COST", value: (row) => formatCost(row.spend.costUsd), align: "right" },
  ]);
  printer.line("");
  printer.table(named, [
    name,
    { title: "ISSUES DONE", value: (row) => row.issuesDone.count, align: "right" },
    {
      title: "COST EACH",
      value: ({ issuesDone: { perIssue } }) => perIssue && formatCost(perIssue.costUsd),
      align: "right",
    },
    {
      title: "TIME EACH",
      value: ({ issuesDone: { perIssue } }) => perIssue && formatSpan(perIssue.runTimeMs),
      align: "right",
    },
    {
      title: "ATTEMPTS EACH",
      value: ({ issuesDone: { perIssue } }) => perIssue?.attempts,
      align: "right",
    },
  ]);
}
