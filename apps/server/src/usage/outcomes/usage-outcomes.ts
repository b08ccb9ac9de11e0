import { usageQueries } from "@headcount/contract/usage/query-routes";
import type {
  OutcomeGrouping,
  UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { outcomesCsv } from "@headcount/domain/usage/outcomes/outcomes-csv";
import {
  outcomeSplit,
  type Results,
  type ResultSums,
} from "@headcount/domain/usage/outcomes/outcome-split";
import { type Group, orderGroups } from "@headcount/domain/usage/query/arrange-groups";
import { nothing, sumMeasured } from "@headcount/domain/usage/query/measures";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "../query/asked-range.ts";
import { labelGroups } from "../query/label-groups.ts";
import { readAsOf } from "../query/read-as-of.ts";
import { resolveFilters } from "../query/resolve-filters.ts";
import { closedOnes, outcomeColumn, outcomeKey } from "./outcome-key.ts";
import { readIssuesDone } from "./read-issues-done.ts";
import { readPullRequestsMerged } from "./read-pull-requests-merged.ts";
import type { ResultsRead } from "./read-results.ts";
import { readSpend, type SpendPart } from "./read-spend.ts";
import { sumByOutcome } from "./sum-by-outcome.ts";

/**
 * What usage came to: by outcome, per issue done and per merged pull request. The outcomes of every
 * split sum to everything that was used.
 */
export const usageOutcomes = query(
  usageQueries.outcomes,
  async (ctx, input): Promise<UsageOutcomesReply> => {
    const groupBy = input.group_by ?? null;
    const { range } = askedRange(ctx, input, null);
    const filters = await resolveFilters(ctx, input);
    const column = outcomeColumn(ctx, groupBy, await closedOnes(ctx, groupBy));
    const question = { range, filters, column };
    const parts = await readSpend(ctx, question);
    const issuesDone = await readIssuesDone(ctx, question);
    const pullRequestsMerged = await readPullRequestsMerged(ctx, question);
    const read: Read = { parts, issuesDone, pullRequestsMerged };
    return {
      total: outcomeSplit(sumByOutcome(parts), {
        issuesDone: issuesDone.total,
        pullRequestsMerged: pullRequestsMerged.total,
      }),
      rows: groupBy === null ? [] : await toRows(ctx, groupBy, read),
      groupBy,
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
      tz: input.tz,
      asOf: await readAsOf(ctx, range),
    };
  },
  outcomesCsv,
);

type Read = {
  readonly parts: readonly SpendPart[];
  readonly issuesDone: ResultsRead;
  readonly pullRequestsMerged: ResultsRead;
};

const none: ResultSums = { count: 0, sums: {} };

const isSomething = ({ sums }: SpendPart): boolean => Object.values(sums).some((sum) => sum !== 0n);

async function toRows(
  ctx: WorkspaceContext,
  grouping: OutcomeGrouping,
  { parts, issuesDone, pullRequestsMerged }: Read,
): Promise<UsageOutcomesReply["rows"]> {
  const groupBy = [grouping] as const;
  // A run that turned out to be of another model leaves sums of zero behind.
  const byGroup = Map.groupBy(parts.filter(isSomething), (part) => part.group);
  // One whose usage is older than the range has its results in it all the same.
  const values = [
    ...new Set(
      [...byGroup, ...issuesDone.byGroup, ...pullRequestsMerged.byGroup].map(([key]) => key),
    ),
  ];
  const resultsOf = (value: string | null): Results => ({
    issuesDone: issuesDone.byGroup.get(value) ?? none,
    pullRequestsMerged: pullRequestsMerged.byGroup.get(value) ?? none,
  });
  const groups = values.map((value): Group & { readonly value: string | null } => ({
    value,
    keys: [outcomeKey(grouping, value)],
    measured: sumMeasured((byGroup.get(value) ?? []).map(({ sums }) => ({ ...nothing, sums }))),
  }));
  const labelled = await labelGroups(ctx, groups, { groupBy, slots: [] });
  const named = labelled.map((group, at) => ({ ...group, value: values[at] ?? null }));
  return orderGroups(named, groupBy, null, "cost").map(
    ({ keys: [key], labels: [label], value }) => ({
      key: { kind: key?.kind ?? "none", value: key?.value ?? null, label: label ?? "" },
      ...outcomeSplit(sumByOutcome(byGroup.get(value) ?? []), resultsOf(value)),
    }),
  );
}
