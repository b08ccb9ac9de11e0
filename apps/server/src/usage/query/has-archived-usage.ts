import type { WorkspaceContext } from "../../platform/context.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * SQL: whether anything was used between two instants, the first on a quarter of an hour, whose
 * events were archived. They lie in the month in which their task was queued, which may have been
 * over when they were used.
 */
export function hasArchivedUsage(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { from, to }: { readonly from: Fragment; readonly to: Fragment },
): Fragment {
  return sql`exists (
    select 1 from usage_archived_months a
    join usage_buckets b on b.workspace_id = ${workspaceId}
      and b.bucket_at >= ${from} and b.bucket_at < ${to}
    join usage_meters m on m.workspace_id = b.workspace_id and m.id = b.meter_id
      and m.month = a.month and m.kind = 'usage')`;
}
