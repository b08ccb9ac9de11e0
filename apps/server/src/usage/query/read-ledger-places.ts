import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../../platform/context.ts";

const quarterMs = 15 * 60_000;

/** Where in the ledger events have to be looked for. */
export type LedgerPlaces = {
  /** First days of the months whose partitions hold them, `YYYY-MM-01`. */
  readonly months: readonly string[];
  /** The meters that have counted them. */
  readonly meterIds: readonly number[];
  /** Those of the months, `YYYY-MM`, whose events were archived: what they held is told by no row. */
  readonly archived: readonly string[];
};

/**
 * Where everything lies that was used in some stretches of time. Events lie by the month in which
 * their task was queued, which the time of use does not tell; the meters that have counted anything
 * in those quarters of an hour do. Without it every month and meter that there ever was would be
 * looked through.
 * @param isWanted SQL: which meters `p` are looked for; all unless given
 */
export async function readLedgerPlaces(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  stretches: readonly TimeRange[],
  isWanted: ReturnType<WorkspaceContext["sql"]> = sql`true`,
): Promise<LedgerPlaces> {
  if (stretches.length === 0) return { months: [], meterIds: [], archived: [] };
  const used = stretches
    .map(({ fromMs, toMs }) => {
      const from = new Date(Math.floor(fromMs / quarterMs) * quarterMs);
      const within = sql`workspace_id = ${workspaceId} and bucket_at >= ${from}
        and bucket_at < ${new Date(toMs)}`;
      return sql`select meter_id from usage_buckets where ${within}
        union all select meter_id from usage_tail where ${within}`;
    })
    .reduce((all, one) => sql`${all} union all ${one}`);
  // An array, so that its meters are looked up one by one: a join would read all that there are.
  const rows = await sql<{ month: string; meterIds: number[]; isArchived: boolean }[]>`
    select to_char(p.month, 'YYYY-MM-DD') as month, array_agg(p.id) as meter_ids,
      bool_or(p.kind = 'usage' and a.month is not null) as is_archived
    from usage_meters p left join usage_archived_months a on a.month = p.month
    where p.workspace_id = ${workspaceId}
      and p.id = any(array(select distinct meter_id from (${used}) as used)) and ${isWanted}
    group by p.month`;
  return {
    months: rows.map(({ month }) => month),
    meterIds: rows.flatMap(({ meterIds }) => meterIds),
    archived: rows.flatMap(({ month, isArchived }) => (isArchived ? [month.slice(0, 7)] : [])),
  };
}
