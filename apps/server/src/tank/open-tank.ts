import type { BudgetId, UserId } from "@headcount/contract/kit/ids";
import { tankThresholds } from "@headcount/domain/tank/fuel-level";
import { bucketOf } from "@headcount/domain/usage/buckets";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { readStandings } from "../budgets/read-standings.ts";
import { recount } from "../budgets/recount.ts";
import { insertBudget } from "../budgets/store.ts";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { findTank, type TankState } from "./read-tanks.ts";
import { insertTank } from "./store.ts";

/**
 * An empty tank whose budget counts from now on. Budgets count whole quarters of an hour, so what
 * was spent earlier in this one is remembered and not taken from the tank. The caller holds the lock
 * of `lockBudgets`.
 */
export async function openTank(ctx: WorkspaceContext, memberId: UserId | null): Promise<TankState> {
  const id = ctx.newId<BudgetId>();
  const subjectName = memberId === null ? null : await memberNameOf(ctx, memberId);
  await insertBudget(ctx, {
    id,
    name: subjectName === null ? "Tank" : `Tank of ${subjectName}`,
    scope: memberId === null ? "workspace" : "member",
    subjectIds: memberId === null ? [] : [memberId],
    subjectName,
    unit: "billed_usd",
    timeWindow: { kind: "none" },
    limitAmount: "0",
    thresholds: tankThresholds,
    action: "hold",
    enabled: true,
    countedFrom: bucketOf(ctx.now),
    tare: "0",
  });
  const budgets = await readBudgetsById(ctx, [id]);
  for (const budget of budgets) await recount(ctx, budget);
  const [standing] = await readStandings(ctx, budgets);
  await insertTank(ctx, { budgetId: id, memberId, openingSpent: standing?.spent ?? 0n });
  const tank = await findTank(ctx, memberId);
  if (!tank) throw new Error("A tank that was opened is there");
  return tank;
}

async function memberNameOf(ctx: WorkspaceContext, memberId: UserId): Promise<string> {
  const [member] = await ctx.sql<{ name: string }[]>`
    select u.name from members m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and m.user_id = ${memberId}`;
  if (member) return member.name;
  throw new AppError("invalid", "Nobody with this id is a member of the workspace.", {
    reason: "tank.member_unknown",
  });
}
