import type { WorkspaceContext } from "../../platform/context.ts";
import { hasFigures, usageFigures } from "../figures.ts";
import type { Range } from "../rollups/points.ts";

/**
 * A relation with quarter_at, the beginnings of the quarters of an hour in a range whose minutes are
 * what the ledger says in the snapshot of the statement.
 */
export function keptQuarters(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { from, to }: Range,
): ReturnType<WorkspaceContext["sql"]> {
  return sql`(
    select q.quarter_at from usage_minute_quarters q
    where q.workspace_id = ${workspaceId} and q.quarter_at >= ${from} and q.quarter_at < ${to}
      and q.quarter_at not in (select t.bucket_at from usage_tail t
        where t.workspace_id = ${workspaceId} and ${hasFigures(sql, usageFigures)}))`;
}
