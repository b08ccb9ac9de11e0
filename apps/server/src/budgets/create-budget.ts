import { budgets } from "@headcount/contract/budgets/routes";
import { mostBudgets } from "@headcount/contract/budgets/words";
import type { BudgetId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { checkLimit, refuseNeedlessStop } from "./check-limit.ts";
import { emitOfBudget } from "./emit-budget.ts";
import { findSubject } from "./find-subject.ts";
import { lockBudgets } from "./lock-budgets.ts";
import { getBudgetRow } from "./read-budgets.ts";
import { countedFromNow, recount } from "./recount.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { insertBudget, insertBudgetEvent } from "./store.ts";
import { toBudget } from "./to-budgets.ts";

/** Sets a budget. What the books say already counts, so it may hold from its first moment. */
export const createBudget = command(budgets.create, async (ctx, input) => {
  const { name, scope, unit, window: timeWindow, action, thresholds, enabled } = input;
  refuseNeedlessStop(unit, action);
  const limitAmount = checkLimit(unit, input.limit).toString();
  const subject = await findSubject(ctx, scope, input.subject);
  await lockBudgets(ctx);
  await refuseTooMany(ctx);
  const id = ctx.newId<BudgetId>();
  const countedFrom = countedFromNow({ timeWindow }, ctx.now);
  const settings = { name, scope, unit, timeWindow, action, thresholds, enabled };
  await insertBudget(ctx, { id, ...settings, ...subject, limitAmount, countedFrom });
  const row = await getBudgetRow(ctx, id);
  await recount(ctx, row);
  await insertBudgetEvent(
    ctx,
    { budgetId: id, kind: "created", details: { limit: input.limit } },
    "caller",
  );
  await emitOfBudget(ctx, row, "budget.created", { budgetId: id });
  await ctx.audit({
    action: "budget.created",
    target: id,
    details: { ...settings, subjectIds: subject.subjectIds, limit: input.limit },
  });
  await settleBudgets(ctx, [row], "changed");
  return toBudget(ctx, await getBudgetRow(ctx, id));
});

async function refuseTooMany(ctx: WorkspaceContext): Promise<void> {
  const [row] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from budgets
    where workspace_id = ${ctx.workspaceId} and archived_at is null`;
  if ((row?.count ?? 0) < mostBudgets) return;
  throw new AppError(
    "conflict",
    `A workspace has at most ${mostBudgets} budgets. Archive one that is no longer needed.`,
    { reason: "budget.too_many" },
  );
}
