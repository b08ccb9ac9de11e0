import type { WorkspaceContext } from "../../platform/context.ts";
import { usageFigures } from "../figures.ts";
import { allZero, figureArray } from "./figure-arrays.ts";
import { ledgerMeters } from "./ledger-sums.ts";
import type { BooksFacts } from "./read-bounds.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * The `with` part of a statement that compares what the meters of a month show with their events,
 * in one snapshot. It defines `ledger`, `stored` (one row per meter) and `wrong`: id, and both
 * sides' figures of usage as arrays, null where there is no row.
 * @param month its first day, `YYYY-MM-01`
 */
export function comparedMeters(
  ctx: Ctx,
  month: string,
  { archived }: Pick<BooksFacts, "archived">,
): Fragment {
  const { sql, workspaceId } = ctx;
  return sql`
    ledger as materialized (
      select meter_id as id, events, ${figureArray(sql, usageFigures)} as figures
      from ${ledgerMeters(ctx, month, archived)} as counted
    ), stored as (
      select id, ${figureArray(sql, usageFigures)} as figures, ${allZero(sql, usageFigures)} as is_zero
      from usage_meters where workspace_id = ${workspaceId} and month = ${month}::date
    ), wrong as (
      select id, ledger.figures as ledger_figures, stored.figures as stored_figures
      from ledger full join stored using (id)
      where case when ledger.figures is null then not stored.is_zero
        else ledger.figures is distinct from stored.figures end
    )`;
}
