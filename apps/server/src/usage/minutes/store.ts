import type { WorkspaceContext } from "../../platform/context.ts";
import { figureColumns, figureSums, hasFigures, usageFigures } from "../figures.ts";
import { ledgerPoints } from "../query/ledger-points.ts";
import type { LedgerPlaces } from "../query/read-ledger-places.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

const quarterMs = 15 * 60_000;

/**
 * SQL: takes away the quarters of an hour of which something changes, as part of the statement that
 * folds it.
 * @param changed a relation with bucket_at and the figures that change
 */
export function outdateQuarters({ sql, workspaceId }: Ctx, changed: Fragment): Fragment {
  return sql`
    delete from usage_minute_quarters where workspace_id = ${workspaceId} and quarter_at in (
      select bucket_at from ${changed} where ${hasFigures(sql, usageFigures)})`;
}

/**
 * Counts the minutes of a quarter anew. The caller holds the lock of `lockSums`, so the tail of the
 * quarter can only grow: if it is empty in the snapshot that reads the ledger, all of the ledger has
 * been folded, and whatever comes later takes the quarter away when it is folded itself.
 */
export async function setMinutesOf(ctx: Ctx, quarterAt: Date, places: LedgerPlaces): Promise<void> {
  const { sql, workspaceId } = ctx;
  const range = { from: quarterAt, to: new Date(quarterAt.getTime() + quarterMs) };
  const isFolded = sql`not exists (select 1 from usage_tail where workspace_id = ${workspaceId}
    and bucket_at = ${quarterAt} and ${hasFigures(sql, usageFigures)})`;
  await sql`
    delete from usage_minutes where workspace_id = ${workspaceId}
      and minute_at >= ${range.from} and minute_at < ${range.to}`;
  await sql`
    with counted as (
      insert into usage_minutes (workspace_id, minute_at, ${figureColumns(sql, usageFigures)})
      select ${workspaceId}, date_bin('1 minute', bucket_at, 'epoch'::timestamptz),
        ${figureSums(sql, "p", usageFigures)}
      from ${ledgerPoints(ctx, { ...range, places }, new Set(["usage"]))} p
      where ${isFolded} group by 2
    )
    insert into usage_minute_quarters (workspace_id, quarter_at)
    select ${workspaceId}, ${quarterAt} where ${isFolded} on conflict do nothing`;
}

/** Takes away quarters whose minutes are wrong: they are counted anew later. */
export async function forgetQuarters(
  { sql, workspaceId }: Ctx,
  quarters: readonly Date[],
): Promise<void> {
  if (quarters.length === 0) return;
  await sql`
    delete from usage_minute_quarters where workspace_id = ${workspaceId}
      and quarter_at = any(${quarters.map((at) => at.toISOString())}::timestamptz[])`;
}
