import type { BudgetId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { type BudgetStanding, readStandings } from "../budgets/read-standings.ts";

type TankRow = {
  readonly budgetId: BudgetId;
  readonly memberId: UserId | null;
  readonly memberName: string | null;
  readonly openedAt: Date;
  /** Numeric, pico-dollars. */
  readonly openingSpent: string;
  readonly filled: string;
};

/** A tank as it stands at this commit; amounts in pico-dollars. */
export type TankState = Pick<TankRow, "budgetId" | "memberId" | "memberName" | "openedAt"> & {
  readonly standing: BudgetStanding;
  /** Sum of its entries. */
  readonly filled: bigint;
  readonly openingSpent: bigint;
  /** What is left. */
  readonly balance: bigint;
  /** What was left right after it was last filled. */
  readonly full: bigint;
};

export type WhoseTank = "everybody's" | { readonly memberId: UserId | null };

/** The workspace's tank first, then people's by their names. */
export async function readTanks(ctx: WorkspaceContext, whose: WhoseTank): Promise<TankState[]> {
  const chosen =
    whose === "everybody's"
      ? ctx.sql``
      : ctx.sql`and k.member_id is not distinct from ${whose.memberId}::uuid`;
  const rows = await ctx.sql<TankRow[]>`
    select k.budget_id, k.member_id, u.name as member_name, k.opened_at, k.opening_spent,
      (select sum(e.amount) from tank_entries e
        where e.workspace_id = k.workspace_id and e.budget_id = k.budget_id) as filled
    from tanks k left join users u on u.id = k.member_id
    where k.workspace_id = ${ctx.workspaceId} ${chosen}
    order by u.name nulls first, k.budget_id`;
  if (rows.length === 0) return [];
  const budgets = await readBudgetsById(
    ctx,
    rows.map((row) => row.budgetId),
  );
  const standings = await readStandings(ctx, budgets);
  const byBudget = new Map(standings.map((standing) => [standing.budget.id, standing]));
  return rows.flatMap((row) => {
    const standing = byBudget.get(row.budgetId);
    return standing ? [toState(row, standing)] : [];
  });
}

/** Null before its first top-up. */
export async function findTank(
  ctx: WorkspaceContext,
  memberId: UserId | null,
): Promise<TankState | null> {
  const [tank] = await readTanks(ctx, { memberId });
  return tank ?? null;
}

function toState(row: TankRow, standing: BudgetStanding): TankState {
  const { budgetId, memberId, memberName, openedAt } = row;
  return {
    budgetId,
    memberId,
    memberName,
    openedAt,
    standing,
    filled: BigInt(row.filled ?? 0),
    openingSpent: BigInt(row.openingSpent),
    balance: standing.limit - standing.spent,
    full: standing.limit,
  };
}
