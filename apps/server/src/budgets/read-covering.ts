import type { BudgetScope } from "@headcount/contract/budgets/words";
import type { WorkspaceContext } from "../platform/context.ts";
import { budgetColumns, type BudgetRow } from "./budget-row.ts";
import { keepBudgets } from "./lock-budgets.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

export type CoveringBudget = BudgetRow & {
  /** Whether the budget covers one of the meters that were asked about. */
  readonly covers: (meterId: number) => boolean;
};

type MeterPlace = Readonly<Record<Exclude<BudgetScope, "workspace">, string | null>> & {
  readonly id: number;
};

/**
 * Budgets that cover some of these meters as they are booked now; nobody changes a budget before
 * the commit. Where no budget is set it costs one round trip.
 */
export async function readCovering(
  ctx: Ctx,
  meterIds: readonly number[],
): Promise<readonly CoveringBudget[]> {
  const { sql, workspaceId } = ctx;
  const ids = [...new Set(meterIds)];
  // The second statement sees what was committed before the first one was granted.
  const [, budgets] = await Promise.all([
    keepBudgets(ctx),
    sql<BudgetRow[]>`
      select ${budgetColumns(sql)} from budgets b
      where b.workspace_id = ${workspaceId} and b.archived_at is null
        and (b.scope = 'workspace' or b.subject_ids && (
          select array_agg(distinct place.id) from usage_meters m
          cross join unnest(array[m.project_id, m.agent_id, m.issue_id, m.task_id, m.member_id])
            as place(id)
          where m.workspace_id = ${workspaceId} and m.id = any(${ids}::int[])))`,
  ]);
  if (budgets.length === 0) return [];
  const places = await readPlaces(ctx, budgets, ids);
  return budgets.map((budget) => ({ ...budget, covers: coverage(budget, places) }));
}

async function readPlaces(
  { sql, workspaceId }: Ctx,
  budgets: readonly BudgetRow[],
  ids: readonly number[],
): Promise<ReadonlyMap<number, MeterPlace>> {
  if (budgets.every((budget) => budget.scope === "workspace")) return new Map();
  const rows = await sql<MeterPlace[]>`
    select id, project_id as project, agent_id as agent, issue_id as issue, task_id as task,
      member_id as member
    from usage_meters where workspace_id = ${workspaceId} and id = any(${[...ids]}::int[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

function coverage(
  { scope, subjectIds }: BudgetRow,
  places: ReadonlyMap<number, MeterPlace>,
): CoveringBudget["covers"] {
  if (scope === "workspace") return () => true;
  return (meterId) => {
    const subject = places.get(meterId)?.[scope] ?? null;
    return subject !== null && subjectIds.includes(subject);
  };
}
