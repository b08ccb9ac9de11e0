import {
  type OutcomeSplit,
  type SpendOutcome,
  type SpendShare,
  spendOutcomes,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { formatCost } from "../output/format-cost.ts";
import { formatSpan } from "../output/format-span.ts";
import type { Printer } from "../output/printer.ts";
import type { Column } from "../output/table.ts";

const titles: Readonly<Record<SpendOutcome, string>> = {
  done: "DONE",
  rework: "REWORK",
  abandoned: "ABANDONED",
  open: "OPEN",
  outside: "OUTSIDE",
};

/** Where the money went, then what an issue done and a merged pull request needed: tables of 80 columns. */
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
  printer.table(named, [name, ...resultColumns("ISSUES DONE", issuesOf)]);
  printer.line("");
  printer.table(named, [name, ...resultColumns("PULL REQUESTS MERGED", pullRequestsOf)]);
}

type Result = { readonly count: number; readonly each: SpendShare | null };

const issuesOf = ({ issuesDone: { count, perIssue } }: OutcomeSplit): Result => ({
  count,
  each: perIssue,
});
const pullRequestsOf = ({ pullRequestsMerged }: OutcomeSplit): Result => ({
  count: pullRequestsMerged.count,
  each: pullRequestsMerged.perPullRequest,
});

/** How many results there were, and what each of them took. */
function resultColumns(
  title: string,
  resultOf: (split: OutcomeSplit) => Result,
): readonly Column<OutcomeSplit>[] {
  const each = (show: (share: SpendShare) => string | number) => (split: OutcomeSplit) => {
    const share = resultOf(split).each;
    return share && show(share);
  };
  return [
    { title, value: (split) => resultOf(split).count, align: "right" },
    { title: "COST EACH", value: each(({ costUsd }) => formatCost(costUsd)), align: "right" },
    { title: "TIME EACH", value: each(({ runTimeMs }) => formatSpan(runTimeMs)), align: "right" },
    { title: "ATTEMPTS EACH", value: each(({ attempts }) => attempts), align: "right" },
  ];
}
