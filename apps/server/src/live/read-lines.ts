import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";

export type LineSums = { readonly linesAdded: number; readonly linesDeleted: number };

/** Lines that were changed in a stretch of the last week, by when they were measured. */
export async function readLines(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { fromMs, toMs }: TimeRange,
): Promise<LineSums> {
  const [row] = await sql<{ linesAdded: string; linesDeleted: string }[]>`
    select coalesce(sum(lines_added), 0) as lines_added,
      coalesce(sum(lines_deleted), 0) as lines_deleted
    from live_line_steps
    where workspace_id = ${workspaceId} and at >= ${new Date(fromMs)} and at < ${new Date(toMs)}`;
  return toSums(row);
}

/** Lines that were changed in any stretch; of what is older than a week whole quarters of an hour. */
export async function sumLines(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { fromMs, toMs }: TimeRange,
): Promise<LineSums> {
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  const [row] = await sql<{ linesAdded: string; linesDeleted: string }[]>`
    select coalesce(sum(lines_added), 0) as lines_added,
      coalesce(sum(lines_deleted), 0) as lines_deleted
    from (
      select lines_added, lines_deleted from live_line_steps
      where workspace_id = ${workspaceId} and at >= ${from} and at < ${to}
      union all
      select lines_added, lines_deleted from live_quarters
      where workspace_id = ${workspaceId} and starts_at >= ${from} and starts_at < ${to}
    ) as steps`;
  return toSums(row);
}

function toSums(row: { linesAdded: string; linesDeleted: string } | undefined): LineSums {
  return {
    linesAdded: Number(row?.linesAdded ?? 0),
    linesDeleted: Number(row?.linesDeleted ?? 0),
  };
}
