import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Any numbers work, as long as nobody else uses them in this database. */
const settingsSpace = 7_230_021;
const rollingSpace = 7_230_022;

/**
 * Lets nobody set, change or end a budget before the end of the transaction. Whoever changes the
 * books holds it from before they look for budgets, so that a new budget finds either all of what
 * they book in the books, or them.
 */
export async function keepBudgets({ sql, workspaceId }: Ctx): Promise<void> {
  await sql`
    select pg_advisory_xact_lock_shared(hashtextextended(${workspaceId}::text, ${settingsSpace}))`;
}

/** Waits until everything that is being booked is on the books, and lets nobody book meanwhile. */
export async function lockBudgets({ sql, workspaceId }: Ctx): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${settingsSpace}))`;
}

/**
 * Makes this transaction the only one that counts for these budgets. Those with a window of the
 * calendar need it not: all who count in one window wait for one another at its row.
 */
export async function lockRolling({ sql }: Ctx, budgetIds: readonly string[]): Promise<void> {
  if (budgetIds.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(hashtextextended(ordered.id::text, ${rollingSpace}))
    from (select id from unnest(${[...budgetIds]}::uuid[]) as id order by id) as ordered`;
}

/**
 * For a claim: from now to its commit no budget becomes exhausted, and none that counts tasks is
 * asked by another claim. What starts has therefore started before the limit was reached. Budgets
 * that count tasks first, all in the order of their ids, as everybody locks them.
 */
export async function keepRoom({ sql, workspaceId }: Ctx): Promise<void> {
  const enforcing = sql`b.workspace_id = ${workspaceId} and b.archived_at is null and b.enabled
    and b.action <> 'notify'`;
  await Promise.all([
    sql`select 1 from budgets b where ${enforcing} and b.unit = 'tasks'
      order by b.id for no key update`,
    sql`select 1 from budgets b where ${enforcing} and b.unit <> 'tasks' order by b.id for share`,
  ]);
}
