import type { BudgetEvent } from "@headcount/contract/budgets/schemas";
import type { BudgetId, TaskId } from "@headcount/contract/kit/ids";
import { actorColumns } from "../platform/append-changes.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";

type Ctx = WorkspaceContext;

export type NewBudgetRow = Pick<
  BudgetRow,
  | "id"
  | "name"
  | "scope"
  | "subjectIds"
  | "subjectName"
  | "unit"
  | "timeWindow"
  | "limitAmount"
  | "thresholds"
  | "action"
  | "enabled"
  | "countedFrom"
> &
  Partial<Pick<BudgetRow, "tare">>;

export async function insertBudget(ctx: Ctx, budget: NewBudgetRow): Promise<void> {
  const row = {
    ...budget,
    subjectIds: [...budget.subjectIds],
    thresholds: [...budget.thresholds],
    timeWindow: ctx.sql.json(budget.timeWindow as never),
    workspaceId: ctx.workspaceId,
    createdAt: ctx.now,
    createdBy: effectiveUserId(ctx.actor),
  };
  await ctx.sql`insert into budgets ${ctx.sql(row as never)}`;
}

export type BudgetPatch = Partial<
  Pick<
    BudgetRow,
    | "name"
    | "timeWindow"
    | "limitAmount"
    | "thresholds"
    | "action"
    | "enabled"
    | "archivedAt"
    | "countedFrom"
    | "tare"
    | "reachedPercent"
    | "reachedWindow"
    | "reachedAt"
  >
>;

/** Changes a budget's settings; the caller holds the lock of `lockBudgets`. */
export async function updateBudgetRow(
  ctx: Ctx,
  id: BudgetId,
  { timeWindow, thresholds, ...rest }: BudgetPatch,
): Promise<void> {
  const columns = {
    ...rest,
    ...(timeWindow === undefined ? {} : { timeWindow: ctx.sql.json(timeWindow as never) }),
    ...(thresholds === undefined ? {} : { thresholds: [...thresholds] }),
  };
  await ctx.sql`
    update budgets set ${ctx.sql(columns as never)}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** How a budget stands, as people have been told. */
export type SaidStanding = Pick<
  BudgetRow,
  "reachedPercent" | "reachedWindow" | "reachedAt" | "exhaustedAt" | "exhaustedUntil"
>;

/** Notes how a budget stands. @returns false when somebody has noted a later window already */
export async function setStanding(
  ctx: Ctx,
  id: BudgetId,
  said: SaidStanding,
  isLifted: "lifted" | "not lifted",
): Promise<boolean> {
  const updated = await ctx.sql`
    update budgets set reached_percent = ${said.reachedPercent},
      reached_window = ${said.reachedWindow}, reached_at = ${said.reachedAt},
      exhausted_at = ${said.exhaustedAt}, exhausted_until = ${said.exhaustedUntil},
      lifted_at = case when ${isLifted === "lifted"} then ${ctx.now} else lifted_at end
    where workspace_id = ${ctx.workspaceId} and id = ${id}
      and (reached_window is null or reached_window <= ${said.reachedWindow})
    returning id`;
  return updated.length === 1;
}

export type SlotChange = {
  readonly budgetId: BudgetId;
  readonly slotAtMs: number;
  readonly amount: bigint;
};

/** Adds to what budgets have counted, in the order of the key. */
export async function addToSlots(ctx: Ctx, changes: readonly SlotChange[]): Promise<void> {
  if (changes.length === 0) return;
  await ctx.sql`
    insert into budget_slots as stored (workspace_id, budget_id, slot_at, spent)
    select ${ctx.workspaceId}, item.budget_id, item.slot_at, item.amount
    from unnest(${changes.map((change) => change.budgetId)}::uuid[],
      ${changes.map((change) => new Date(change.slotAtMs).toISOString())}::timestamptz[],
      ${changes.map((change) => change.amount.toString())}::numeric[])
      as item(budget_id, slot_at, amount)
    order by 2, 3
    on conflict (workspace_id, budget_id, slot_at)
      do update set spent = stored.spent + excluded.spent`;
}

/** Forgets what a budget has counted, before some time or all of it. */
export async function deleteSlots(ctx: Ctx, id: BudgetId, before: Date | "all"): Promise<void> {
  const isOld = before === "all" ? ctx.sql`true` : ctx.sql`slot_at < ${before}`;
  await ctx.sql`
    delete from budget_slots
    where workspace_id = ${ctx.workspaceId} and budget_id = ${id} and ${isOld}`;
}

/** Rolling budgets keep what their window may still hold. */
export async function forgetOldQuarters(ctx: Ctx, before: Date): Promise<void> {
  await ctx.sql`
    with rolling as (
      update budgets set counted_from = ${before}
      where workspace_id = ${ctx.workspaceId} and time_window->>'kind' = 'rolling_5h'
        and counted_from < ${before}
      returning id
    )
    delete from budget_slots s using rolling
    where s.workspace_id = ${ctx.workspaceId} and s.budget_id = rolling.id
      and s.slot_at < ${before}`;
}

/** A run that continues another one is covered by the budgets of that one. */
export async function coverContinuation(ctx: Ctx, taskId: TaskId): Promise<void> {
  await ctx.sql`
    update budgets b set subject_ids = b.subject_ids || t.id
    from tasks t
    where b.workspace_id = ${ctx.workspaceId} and b.scope = 'task' and b.archived_at is null
      and t.workspace_id = ${ctx.workspaceId} and t.id = ${taskId}
      and t.retry_of = any(b.subject_ids) and t.id <> all(b.subject_ids)`;
}

export type NewBudgetEvent = {
  readonly budgetId: BudgetId;
  readonly kind: BudgetEvent["kind"];
  readonly details: Partial<
    Pick<BudgetEvent, "changed" | "percent" | "spent" | "limit" | "tasks" | "why" | "note">
  >;
};

/** Keeps what happened to a budget; the platform itself is named for what a budget did. */
export async function insertBudgetEvent(
  ctx: Ctx,
  { budgetId, kind, details }: NewBudgetEvent,
  by: "caller" | "platform",
): Promise<void> {
  const actor = by === "platform" ? { type: "system", id: null } : actorColumns(ctx.actor);
  await ctx.sql`
    insert into budget_events (workspace_id, id, budget_id, at, kind, actor_type, actor_id, details)
    values (${ctx.workspaceId}, ${ctx.newId()}, ${budgetId}, ${ctx.now}, ${kind}, ${actor.type},
      ${actor.id}, ${ctx.sql.json(details as never)})`;
}
