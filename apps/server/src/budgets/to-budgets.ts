import type { Budget } from "@headcount/contract/budgets/schemas";
import type { BudgetId } from "@headcount/contract/kit/ids";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { percentOf } from "@headcount/domain/budgets/settle-budget";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { coversTask } from "./covers.ts";
import { type BudgetStanding, readStandings } from "./read-standings.ts";
import { readSubjectNames } from "./subject-names.ts";

/** Work in the scope of a budget. */
type Load = { readonly waiting: number; readonly running: number };

/** Budgets as callers see them, in the order of the rows. */
export async function toBudgets(
  ctx: WorkspaceContext,
  rows: readonly BudgetRow[],
): Promise<Budget[]> {
  const [standings, loads, names] = await Promise.all([
    readStandings(ctx, rows),
    readLoads(ctx, rows),
    readSubjectNames(
      ctx,
      rows.flatMap(({ scope, subjectIds: [id] }) => (id === undefined ? [] : [{ scope, id }])),
    ),
  ]);
  const standingOf = new Map(standings.map((standing) => [standing.budget.id, standing]));
  return rows.flatMap((row) => {
    const standing = standingOf.get(row.id);
    if (!standing) return [];
    const load = loads.get(row.id) ?? { waiting: 0, running: 0 };
    return [{ ...settingsOf(row, names), status: statusOf(ctx, standing, load) }];
  });
}

/** One budget as callers see it. */
export async function toBudget(ctx: WorkspaceContext, row: BudgetRow): Promise<Budget> {
  const [budget] = await toBudgets(ctx, [row]);
  if (!budget) throw new Error(`Budget ${row.id} is gone`);
  return budget;
}

function settingsOf(row: BudgetRow, names: ReadonlyMap<string, string>): Omit<Budget, "status"> {
  const [id] = row.subjectIds;
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    subject: id === undefined ? null : { id, name: names.get(id) ?? row.subjectName ?? "" },
    unit: row.unit,
    window: row.timeWindow,
    limit: formatAmount(row.unit, BigInt(row.limitAmount)),
    thresholds: [...row.thresholds],
    action: row.action,
    enabled: row.enabled,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

function statusOf(
  { now }: WorkspaceContext,
  { budget, window, isActive, spent, limit }: BudgetStanding,
  load: Load,
): Budget["status"] {
  const percent = percentOf(spent, limit);
  const holding =
    isActive &&
    budget.action !== "notify" &&
    budget.exhaustedAt !== null &&
    (budget.exhaustedUntil === null || budget.exhaustedUntil > now);
  const thresholdsReached = budget.thresholds.filter(
    (threshold) => spent * 100n >= limit * BigInt(threshold),
  );
  return {
    state: stateOf(isActive, spent >= limit, thresholdsReached),
    windowStartsAt: instant(window.startsAtMs),
    resetsAt: instant(window.endsAtMs),
    spent: formatAmount(budget.unit, spent),
    remaining: formatAmount(budget.unit, limit - spent),
    percent,
    thresholdsReached,
    holding,
    holdsUntil: holding ? (budget.exhaustedUntil?.toISOString() ?? null) : null,
    heldTasks: holding ? load.waiting : 0,
    runningTasks: load.running,
  };
}

function stateOf(
  isActive: boolean,
  isExhausted: boolean,
  reached: readonly number[],
): Budget["status"]["state"] {
  if (!isActive) return "off";
  if (isExhausted) return "exhausted";
  return reached.length > 0 ? "near" : "ok";
}

const instant = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();

async function readLoads(
  ctx: WorkspaceContext,
  rows: readonly BudgetRow[],
): Promise<ReadonlyMap<BudgetId, Load>> {
  if (rows.length === 0) return new Map();
  const loads = await ctx.sql<(Load & { id: BudgetId })[]>`
    select b.id, count(*) filter (where t.status in ('queued', 'deferred'))::int as waiting,
      count(*) filter (where t.status not in ('queued', 'deferred'))::int as running
    from tasks t join budgets b on b.workspace_id = t.workspace_id and ${coversTask(ctx)}
    where t.workspace_id = ${ctx.workspaceId} and b.id = any(${rows.map((row) => row.id)}::uuid[])
      and t.status in ('queued', 'deferred', 'dispatched', 'waiting_directory', 'running')
    group by b.id`;
  return new Map(loads.map((load) => [load.id, load]));
}
