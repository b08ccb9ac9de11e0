import type { UsageDifference } from "@headcount/contract/usage/books-schemas";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { MeterDimensions } from "../ledger/meter.ts";
import { moveMeters } from "../ledger/store-meters.ts";
import { type Pivot, pivots, seriesByPivot } from "../rollups/pivots.ts";
import { seriesDimensions, setSeriesOfMeters } from "../rollups/series.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Sql = Ctx["sql"];
type Fragment = ReturnType<Sql>;

/**
 * Meters of a month, `YYYY-MM-01`, that add to series which are gone or have other dimensions than
 * they: id, pivot and whether the series is there.
 */
function strayMeters({ sql, workspaceId }: Ctx, month: string): Fragment {
  const columns = [...new Set(pivots.flatMap((pivot) => seriesDimensions[pivot]))].map(snakeCase);
  const ofMeter = columns.map((column) => {
    const kept = pivots.filter((pivot) => seriesDimensions[pivot].map(snakeCase).includes(column));
    return `case when kept.pivot in (${kept.map((pivot) => `'${pivot}'`).join(", ")}) then m.${column} end`;
  });
  const ofSeries = columns.map((column) => `s.${column}`);
  return sql`
    select m.id, kept.pivot, s.id is not null as is_there
    from usage_meters m
    cross join lateral (values ${sql.unsafe(seriesByPivot)}) as kept(pivot, series_id)
    left join usage_series s on s.workspace_id = m.workspace_id and s.id = kept.series_id
    where m.workspace_id = ${workspaceId} and m.month = ${month}::date and (
      s.id is null or s.pivot <> kept.pivot
      or row(${sql.unsafe(ofMeter.join(", "))}) is distinct from row(${sql.unsafe(ofSeries.join(", "))}))`;
}

export async function findStrayMeters(
  ctx: Ctx,
  month: string,
  most: number,
): Promise<UsageDifference[]> {
  const rows = await ctx.sql<{ id: number; pivot: Pivot; isThere: boolean }[]>`
    select id, pivot, is_there from (${strayMeters(ctx, month)}) as stray
    order by id, pivot limit ${most}`;
  return rows.map(({ id, pivot, isThere }) => ({
    rollup: "usage_series",
    key: `${pivot} of meter ${id}`,
    ledger: "dimensions of the meter",
    stored: isThere ? "other dimensions" : "no row",
  }));
}

/**
 * Lets such meters add to the right series again. Sums that lie in others' series are then wrong
 * where they were not before, until their days are rebuilt too. The caller holds the lock of
 * `lockSums`.
 * @returns how many meters were mended
 */
export async function mendStrayMeters(ctx: Ctx, month: string): Promise<number> {
  const meters = await ctx.sql<(MeterDimensions & { id: number })[]>`
    select id, kind, to_char(month, 'YYYY-MM-DD') as month, task_id, session_key, lease, issue_id,
      project_id, agent_id, runtime_id, member_id, provider, model, role, source, billing_mode,
      failure_class
    from usage_meters where workspace_id = ${ctx.workspaceId} and id in (
      select id from (${strayMeters(ctx, month)}) as stray)
    order by id for update`;
  if (meters.length === 0) return 0;
  const series = await setSeriesOfMeters(ctx, meters);
  // One series for each meter, in its order.
  const mended = meters.flatMap((meter, at) => (series[at] ? [{ ...meter, ...series[at] }] : []));
  await moveMeters(ctx, mended);
  return mended.length;
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
