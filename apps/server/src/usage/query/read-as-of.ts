import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../../platform/context.ts";
import { hasFigures, usageFigures } from "../figures.ts";

/**
 * Latest use in a range, of whatever filter: how fresh an answer is. Null when nothing was used. The
 * newest quarter of an hour with usage is found from the end of an index; its meters know the instant.
 */
export async function readAsOf(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  range: TimeRange,
): Promise<string | null> {
  const from = new Date(range.fromMs);
  const to = new Date(range.toMs);
  const [row] = await sql<{ lastUsedAt: Date | null }[]>`
    with newest as (
      select max(bucket_at) as bucket_at from (
        (select b.bucket_at from usage_buckets b
        where b.workspace_id = ${workspaceId} and b.bucket_at >= ${from} and b.bucket_at < ${to}
          and b.events > 0
        order by b.bucket_at desc limit 1)
        union all
        (select max(t.bucket_at) from usage_tail t
        where t.workspace_id = ${workspaceId} and t.bucket_at >= ${from} and t.bucket_at < ${to}
          and ${hasFigures(sql, usageFigures)})
      ) as places)
    select least(max(m.last_used_at), newest.bucket_at + interval '15 minutes' - interval '1 ms')
      as last_used_at
    from newest join lateral (
      select b.meter_id from usage_buckets b
      where b.workspace_id = ${workspaceId} and b.bucket_at = newest.bucket_at
      union all
      select t.meter_id from usage_tail t
      where t.workspace_id = ${workspaceId} and t.bucket_at = newest.bucket_at
    ) as used on true
    join usage_meters m on m.workspace_id = ${workspaceId} and m.id = used.meter_id
    group by newest.bucket_at`;
  return row?.lastUsedAt?.toISOString() ?? null;
}
