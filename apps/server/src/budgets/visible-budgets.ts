import type { BudgetId } from "@headcount/contract/kit/ids";
import { readClosedAgents } from "../agents/read-closed-agents.ts";
import { viewerOf } from "../agents/viewer.ts";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { getBudgetRow } from "./read-budgets.ts";

/** Those of some budgets that concern the caller: not other people's, nor those of closed agents. */
export async function keepVisible(
  ctx: WorkspaceContext,
  rows: readonly BudgetRow[],
): Promise<readonly BudgetRow[]> {
  const viewer = viewerOf(ctx);
  const isAdmin = viewer !== null && viewer.role !== "member" && ctx.actor.kind === "member";
  if (isAdmin) return rows;
  const agents = rows.flatMap((row) => (row.scope === "agent" ? row.subjectIds : []));
  const closed = await readClosedAgents(ctx, agents);
  return rows.filter(({ scope, subjectIds: [id = ""] }) => {
    if (scope === "agent") return !closed.has(id);
    return scope !== "member" || id === viewer?.userId;
  });
}

/** @throws not_found also for budgets that do not concern the caller */
export async function getVisibleBudget(ctx: WorkspaceContext, id: BudgetId): Promise<BudgetRow> {
  const [row] = await keepVisible(ctx, [await getBudgetRow(ctx, id)]);
  if (!row) throw notFound("budget");
  return row;
}
