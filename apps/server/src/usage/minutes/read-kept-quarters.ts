import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../../platform/context.ts";
import { hasFigures, usageFigures } from "../figures.ts";

/**
 * Beginnings of the quarters of an hour in a range whose minutes are what the ledger says in the
 * snapshot of the transaction, in order.
 */
export async function readKeptQuarters(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { fromMs, toMs }: TimeRange,
): Promise<readonly number[]> {
  const rows = await sql<{ quarterAt: Date }[]>`
    select q.quarter_at from usage_minute_quarters q
    where q.workspace_id = ${workspaceId} and q.quarter_at >= ${new Date(fromMs)}
      and q.quarter_at < ${new Date(toMs)}
      and q.quarter_at not in (select t.bucket_at from usage_tail t
        where t.workspace_id = ${workspaceId} and ${hasFigures(sql, usageFigures)})
    order by q.quarter_at`;
  return rows.map(({ quarterAt }) => quarterAt.getTime());
}
