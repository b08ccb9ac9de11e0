import type { WorkspaceContext } from "../../platform/context.ts";
import { type KeptZone, readKeptZones } from "../rollups/day-tiers.ts";
import type { ArchivedMonths } from "./ledger-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** What there is to be verified. */
export type VerifiableBounds = {
  /** Whole days of UTC, `to` exclusive; null when the books are empty. */
  readonly days: { readonly from: Date; readonly to: Date } | null;
  /** First days of the months whose meters hold something, `YYYY-MM-01`, oldest first. */
  readonly months: readonly string[];
  readonly archived: ArchivedMonths;
};

/** What decides which sums there are. */
export type BooksFacts = {
  readonly zones: readonly KeptZone[];
  readonly archived: ArchivedMonths;
};

export async function readBooksFacts(ctx: Ctx): Promise<BooksFacts> {
  const zones = await readKeptZones(ctx);
  return { zones, archived: (await readLedgerMonths(ctx)).archived };
}

/**
 * From when to when anything is on the books. It asks indexes for the ends of every sum, and the
 * ledger only for what lies beyond them, so it is quick however long the ledger is.
 */
export async function readBounds(ctx: Ctx): Promise<VerifiableBounds> {
  const summed = await readSummedBounds(ctx);
  const { sql, workspaceId } = ctx;
  const before = summed ? sql`and used_at < ${summed.from}` : sql``;
  const after = summed ? sql`and used_at >= ${summed.to}` : sql``;
  const [beyond] = await sql<{ from: Date | null; to: Date | null }[]>`
    select (select min(used_at) from usage_events where workspace_id = ${workspaceId} ${before}) as "from",
      (select max(used_at) from usage_events where workspace_id = ${workspaceId} ${after}) as "to"`;
  const first = beyond?.from ?? summed?.from ?? null;
  const last = beyond?.to ?? summed?.to ?? null;
  const { months, archived } = await readLedgerMonths(ctx);
  return { days: first && last ? wholeDays(first, last) : null, months, archived };
}

async function readSummedBounds({
  sql,
  workspaceId,
}: Ctx): Promise<{ from: Date; to: Date } | null> {
  const [bounds] = await sql<{ from: Date | null; to: Date | null }[]>`
    select min(first) as "from", max(last) as "to" from (
      select min(bucket_at) as first, max(bucket_at) as last from usage_buckets
      where workspace_id = ${workspaceId}
      union all
      select min(bucket_at), max(bucket_at) from usage_rollups where workspace_id = ${workspaceId}
      union all
      select min(bucket_at), max(bucket_at) from usage_tail where workspace_id = ${workspaceId}
      union all
      select least(min(started_at), min(ended_at)), greatest(max(started_at), max(ended_at))
      from usage_tasks where workspace_id = ${workspaceId}
    ) as ends`;
  return bounds?.from && bounds.to ? { from: bounds.from, to: bounds.to } : null;
}

/** Months of events and of meters; a month whose partition is not attached is an archived one. */
async function readLedgerMonths({
  sql,
  workspaceId,
}: Ctx): Promise<Pick<VerifiableBounds, "months" | "archived">> {
  const rows = await sql<{ month: string; isAttached: boolean }[]>`
    with attached as (
      select to_date(substring(c.relname from '\\d{4}_\\d{2}$'), 'YYYY_MM') as month
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'usage_events'::regclass
    ), used as (
      select distinct month from usage_meters where workspace_id = ${workspaceId}
      union
      select month from attached where exists (
        select 1 from usage_events e
        where e.workspace_id = ${workspaceId} and e.month = attached.month)
    )
    select to_char(used.month, 'YYYY-MM-DD') as month, attached.month is not null as is_attached
    from used left join attached using (month) order by used.month`;
  return {
    months: rows.map((row) => row.month),
    archived: rows.filter((row) => !row.isAttached).map((row) => row.month),
  };
}

const dayMs = 24 * 3_600_000;

/** One day more at the front: a zone's day may begin on the UTC day before its first event. */
function wholeDays(first: Date, last: Date): { from: Date; to: Date } {
  const dayOf = (instant: Date): number => Math.floor(instant.getTime() / dayMs);
  return {
    from: new Date((dayOf(first) - 1) * dayMs),
    to: new Date((dayOf(last) + 1) * dayMs),
  };
}
