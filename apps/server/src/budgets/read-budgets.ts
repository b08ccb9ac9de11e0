import type { BudgetId } from "@headcount/contract/kit/ids";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { budgetColumns, type BudgetRow } from "./budget-row.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Budgets that count, whether they act or not. */
export function readLiveBudgets(ctx: Ctx): Promise<BudgetRow[]> {
  return ctx.sql<BudgetRow[]>`
    select ${budgetColumns(ctx.sql)} from budgets b
    where b.workspace_id = ${ctx.workspaceId} and b.archived_at is null order by b.id`;
}

export function readBudgetsById(ctx: Ctx, ids: readonly BudgetId[]): Promise<BudgetRow[]> {
  return ctx.sql<BudgetRow[]>`
    select ${budgetColumns(ctx.sql)} from budgets b
    where b.workspace_id = ${ctx.workspaceId} and b.id = any(${[...ids]}::uuid[]) order by b.id`;
}

/** A budget that people set; a tank is none. @throws not_found */
export async function getBudgetRow(ctx: Ctx, id: BudgetId): Promise<BudgetRow> {
  const [row] = await readBudgetsById(ctx, [id]);
  if (!row || row.tare !== null) throw notFound("budget");
  return row;
}
