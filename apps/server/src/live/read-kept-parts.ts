import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { type KeptOrNot, splitAtKept } from "@headcount/domain/usage/query/split-at-kept";
import type { WorkspaceContext } from "../platform/context.ts";

/** The parts of a range that are kept as quarters of an hour of the last week, and the others. */
export async function readKeptParts(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  range: TimeRange,
): Promise<readonly KeptOrNot[]> {
  const rows = await sql<{ startsAt: Date }[]>`
    select starts_at from live_recent_quarters
    where workspace_id = ${workspaceId} and starts_at >= ${new Date(range.fromMs)}
      and starts_at < ${new Date(range.toMs)}
    order by starts_at`;
  return splitAtKept(
    range,
    rows.map(({ startsAt }) => startsAt.getTime()),
  );
}
