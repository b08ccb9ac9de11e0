import type { WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql">;

/**
 * Makes sure that the ledger has a partition for each of some months, `YYYY-MM-01`. The months
 * ahead are made by a job, so this finds all of them but in an import of old sessions.
 * @returns those that are archived: nothing can be booked into them
 */
export async function ensureMonths(
  { sql }: Ctx,
  months: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ archived: string | null }[]>`
    select to_char(archived.month, 'YYYY-MM-DD') as archived,
      case when archived.month is null then usage_ensure_month(wanted.month)::text end as made
    from unnest(${[...months].toSorted()}::date[]) as wanted(month)
    left join usage_archived_months archived using (month)`;
  return new Set(rows.flatMap((row) => row.archived ?? []));
}
