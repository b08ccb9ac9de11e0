import type { Sql } from "../platform/database.ts";
import type { GaugeReading } from "./create-registry.ts";

/**
 * What only the database knows, over all workspaces.
 * @param sql reads past the walls between workspaces, and nothing but sums leaves it
 */
export async function readDatabaseGauges(sql: Sql): Promise<GaugeReading[]> {
  const [books] = await sql<
    {
      tailRows: number;
      quarantined: number;
      differences: number;
      verifiedAt: Date | null;
      workspaces: number;
    }[]
  >`
    select (select count(*)::int from usage_tail) as tail_rows,
      (select count(*)::int from usage_quarantine) as quarantined,
      coalesce(sum(v.differences), 0)::int as differences, min(v.verified_at) as verified_at,
      count(v.workspace_id)::int as workspaces
    from usage_verifications v
    join workspace_slugs w on w.workspace_id = v.workspace_id and w.deleted_at is null`;
  const connections = await sql<{ state: string; count: number }[]>`
    select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'headcount' group by 1 order by 1`;
  return [
    plain(
      "headcount_usage_tail_rows",
      "Rows of usage that are not folded yet; every answer includes them.",
      books?.tailRows ?? 0,
    ),
    plain(
      "headcount_usage_quarantined_records",
      "Usage records that were refused and are kept with the reason.",
      books?.quarantined ?? 0,
    ),
    plain(
      "headcount_usage_verify_differences",
      "Drift: sums that the latest nightly comparisons found to differ from the ledger. Anything above 0 is an alarm.",
      books?.differences ?? 0,
    ),
    plain(
      "headcount_usage_verified_timestamp_seconds",
      "When the workspace was compared whose latest comparison is the oldest; 0 before the first night.",
      (books?.verifiedAt?.getTime() ?? 0) / 1_000,
    ),
    {
      name: "headcount_database_connections",
      help: "Connections of the servers to the database, by state.",
      values: connections.map(({ state, count }) => ({ labels: { state }, value: count })),
    },
  ];
}

/** A number without labels. */
export function plain(name: string, help: string, value: number): GaugeReading {
  return { name, help, values: [{ labels: {}, value }] };
}
