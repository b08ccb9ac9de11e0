import type { BudgetId, TankEntryId, UserId } from "@headcount/contract/kit/ids";
import type { TankEntry } from "@headcount/contract/tank/schemas";
import { actorColumns } from "../platform/append-changes.ts";
import type { WorkspaceContext } from "../platform/context.ts";

export type NewTank = {
  readonly budgetId: BudgetId;
  /** Null for the workspace's. */
  readonly memberId: UserId | null;
  /** Pico-dollars that its budget counts although they were spent before. */
  readonly openingSpent: bigint;
};

export async function insertTank(ctx: WorkspaceContext, tank: NewTank): Promise<void> {
  await ctx.sql`
    insert into tanks (workspace_id, budget_id, member_id, opened_at, opening_spent)
    values (${ctx.workspaceId}, ${tank.budgetId}, ${tank.memberId}, ${ctx.now},
      ${tank.openingSpent.toString()})`;
}

export type NewEntry = {
  readonly budgetId: BudgetId;
  readonly kind: TankEntry["kind"];
  /** Pico-dollars. */
  readonly amount: bigint;
  readonly filledAfter: bigint;
  readonly note: string;
  readonly corrects: TankEntryId | null;
  readonly key: string;
};

export async function insertEntry(ctx: WorkspaceContext, entry: NewEntry): Promise<TankEntryId> {
  const id = ctx.newId<TankEntryId>();
  const actor = actorColumns(ctx.actor);
  await ctx.sql`
    insert into tank_entries (workspace_id, id, budget_id, kind, amount, filled_after, note,
      actor_type, actor_id, at, corrects, key)
    values (${ctx.workspaceId}, ${id}, ${entry.budgetId}, ${entry.kind},
      ${entry.amount.toString()}, ${entry.filledAfter.toString()}, ${entry.note}, ${actor.type},
      ${actor.id}, ${ctx.now}, ${entry.corrects}, ${entry.key})`;
  return id;
}
