import type { Budget } from "@headcount/contract/budgets/schemas";
import { budgets } from "@headcount/contract/budgets/routes";
import { query } from "../platform/command.ts";
import { budgetColumns, type BudgetRow } from "./budget-row.ts";
import { toBudgets } from "./to-budgets.ts";
import { keepVisible } from "./visible-budgets.ts";

/** Archived ones are kept for their history; the latest are enough for a list. */
const mostArchived = 200;

export const listBudgets = query(budgets.list, async (ctx, input) => {
  const rows = await ctx.sql<BudgetRow[]>`
    select ${budgetColumns(ctx.sql)} from budgets b
    where b.workspace_id = ${ctx.workspaceId} and b.tare is null
      and ${input.archived ? ctx.sql`b.archived_at is not null` : ctx.sql`b.archived_at is null`}
    order by b.archived_at desc nulls last, b.id
    ${input.archived ? ctx.sql`limit ${mostArchived}` : ctx.sql``}`;
  const items = await toBudgets(ctx, await keepVisible(ctx, rows));
  return { items: input.archived ? items : items.toSorted(nearestFirst) };
});

function nearestFirst(a: Budget, b: Budget): number {
  const isOff = (budget: Budget): number => (budget.status.state === "off" ? 1 : 0);
  return isOff(a) - isOff(b) || b.status.percent - a.status.percent;
}
