import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { chooseBucket } from "@headcount/domain/live/choose-bucket";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";
import { hasArchivedUsage } from "../usage/query/has-archived-usage.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

const quarterMs = 15 * 60_000;

/**
 * The buckets for a range. Of what was archived nothing finer than quarters of an hour is left.
 * @param compared another range that is shown in the same buckets
 */
export async function chooseKeptBucket(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  range: TimeRange,
  compared: TimeRange | null,
): Promise<UsageBucket> {
  const finest = chooseBucket(range, "instants");
  const coarsest = chooseBucket(range, "quarters");
  if (finest === coarsest) return finest;
  const { sql } = ctx;
  const isArchived = ({ fromMs, toMs }: TimeRange): Fragment => {
    const from: Fragment = sql`${new Date(Math.floor(fromMs / quarterMs) * quarterMs)}`;
    const to: Fragment = sql`${new Date(toMs)}`;
    return hasArchivedUsage(ctx, { from, to });
  };
  const ofCompared: Fragment = compared ? isArchived(compared) : sql`false`;
  const [row] = await sql<{ isArchived: boolean }[]>`
    select ${isArchived(range)} or ${ofCompared} as is_archived`;
  return row?.isArchived ? coarsest : finest;
}
