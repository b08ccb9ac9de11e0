import { usageQueries } from "@headcount/contract/usage/query-routes";
import type {
  OutcomeGrouping,
  UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { outcomesCsv } from "@headcount/domain/usage/outcomes/outcomes-csv";
import { outcomeSplit } from "@headcount/domain/usage/outcomes/outcome-split";
import { type Group, orderGroups } from "@headcount/domain/usage/query/arrange-groups";
import { nothing, sumMeasured } from "@headcount/domain/usage/query/measures";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "../query/asked-range.ts";
import { labelGroups } from "../query/label-groups.ts";
import { readAsOf } from "../query/read-as-of.ts";
import { resolveFilters } from "../query/resolve-filters.ts";
import { closedOnes, outcomeColumn, outcomeKey } from "./outcome-key.ts";
import { type IssuesDoneRead, readIssuesDone } from "./read-issues-done.ts";
import { readSpend, type SpendPart } from "./read-spend.ts";
import { sumByOutcome } from "./sum-by-outcome.ts";

/** What usage came to: by outcome, and per issue done; every split sums to everything that was used. */
export const usageOutcomes = query(
  usageQueries.outcomes,
  async (ctx, input): Promise<UsageOutcomesReply> => {
    const groupBy = input.group_by ?? null;
    const { range } = askedRange(ctx, input, null);
    const filters = await resolveFilters(ctx, input);
    const column = outcomeColumn(ctx, groupBy, await closedOnes(ctx, groupBy));
    const question = { range, filters, column };
    const parts = await readSpend(ctx, question);
    const done = await readIssuesDone(ctx, question);
    return {
      total: outcomeSplit(sumByOutcome(parts), done.total),
      rows: groupBy === null ? [] : await toRows(ctx, groupBy, { parts, done }),
      groupBy,
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
      tz: input.tz,
      asOf: await readAsOf(ctx, range),
    };
  },
  outcomesCsv,
);

type Read = { readonly parts: readonly SpendPart[]; readonly done: IssuesDoneRead };

async function toRows(
  ctx: WorkspaceContext,
  grouping: OutcomeGrouping,
  { parts, done }: Read,
): Promise<UsageOutcomesReply["rows"]> {
  const groupBy = [grouping] as const;
  const byGroup = Map.groupBy(parts, (part) => part.group);
  // One whose usage is older than the range has its issues in it all the same.
  const values = [...new Set([...byGroup.keys(), ...done.byGroup.keys()])];
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
      ...outcomeSplit(
        sumByOutcome(byGroup.get(value) ?? []),
        done.byGroup.get(value) ?? { count: 0, sums: {} },
      ),
    }),
  );
}
