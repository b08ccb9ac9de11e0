import type { WorkspaceContext } from "../../platform/context.ts";
import { figureColumns } from "../figures.ts";
import type { Range } from "../rollups/points.ts";

/**
 * Quarters of an hour with their figures and nothing else, for questions that tell only time apart:
 * no meter has to be looked up.
 */
export function plainBuckets(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { from, to }: Range,
): ReturnType<WorkspaceContext["sql"]> {
  const columns = figureColumns(sql);
  return sql`(
    select bucket_at, ${columns} from usage_buckets
    where workspace_id = ${workspaceId} and bucket_at >= ${from} and bucket_at < ${to}
    union all
    select bucket_at, ${columns} from usage_tail
    where workspace_id = ${workspaceId} and bucket_at >= ${from} and bucket_at < ${to})`;
}
