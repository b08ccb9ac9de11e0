import type { BudgetId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { figureColumns } from "../usage/figures.ts";
import { ledgerSums } from "../usage/verify/ledger-sums.ts";
import { readBooksFacts } from "../usage/verify/read-bounds.ts";
import type { BudgetRow } from "./budget-row.ts";
import { coversMeter } from "./covers.ts";
import { amountOfUnit, figuresThatCount } from "./measure.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Something that a budget has counted, or should have. */
export type Count = {
  readonly side: "ledger" | "stored";
  readonly budgetId: BudgetId;
  /** A quarter of an hour of the ledger; the place at which something is stored. 1970 without a window. */
  readonly atMs: number;
  readonly amount: bigint;
};

const end = new Date("9999-01-01T00:00:00Z");

/**
 * What budgets have counted, and what they should have by the ledger itself, from when each of them
 * counts. One statement reads both, so that they are of one moment while usage is booked. A budget
 * whose settings have changed since `budgets` were read has neither.
 */
export async function readCounts(ctx: Ctx, budgets: readonly BudgetRow[]): Promise<Count[]> {
  const { sql, workspaceId } = ctx;
  const from = new Date(Math.min(...budgets.map((budget) => budget.countedFrom?.getTime() ?? 0)));
  const { archived } = await readBooksFacts(ctx);
  type Row = Pick<Count, "side" | "budgetId"> & { readonly at: Date; readonly amount: string };
  const rows = await sql<Row[]>`
    with asked as materialized (
      select b.* from budgets b
      join unnest(${budgets.map((budget) => budget.id)}::uuid[],
        ${budgets.map((budget) => budget.revision)}::int[]) as known(id, revision)
        on known.id = b.id and known.revision = b.revision
      where b.workspace_id = ${workspaceId}
    ), ledger as materialized (
      select meter_id, bucket_at, ${figureColumns(sql, figuresThatCount)}
      from ${ledgerSums(ctx, { from, to: end }, archived)} as counted
    )
    select 'ledger' as side, b.id as budget_id,
      case when b.time_window->>'kind' = 'none' then to_timestamp(0) else l.bucket_at end as at,
      sum(${amountOfUnit(sql)})::numeric as amount
    from ledger l
    join usage_meters m on m.workspace_id = ${workspaceId} and m.id = l.meter_id
    join asked b on ${coversMeter(ctx, "m")}
      and (b.counted_from is null or l.bucket_at >= b.counted_from)
    group by 2, 3
    union all
    select 'stored', s.budget_id, s.slot_at, s.spent
    from budget_slots s join asked b on b.id = s.budget_id
    where s.workspace_id = ${workspaceId}`;
  return rows.map(({ side, budgetId, at, amount }) => ({
    side,
    budgetId,
    atMs: at.getTime(),
    amount: BigInt(amount),
  }));
}
