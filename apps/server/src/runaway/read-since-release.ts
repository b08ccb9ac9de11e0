import type { AgentId } from "@headcount/contract/kit/ids";
import type { QuarterSpend } from "@headcount/domain/runaway/judge-velocity";
import { bucketMs, bucketOf } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../platform/context.ts";
import { ledgerPoints } from "../usage/query/ledger-points.ts";
import { readLedgerPlaces } from "../usage/query/read-ledger-places.ts";
import type { WatchedAgent } from "./read-watched-agents.ts";
import { type SpendRow, spendSums, toSpend } from "./spend-sums.ts";

/**
 * What agents that were let go on between two instants have used in the rest of that quarter of an
 * hour. Sums know quarters only as a whole, so the events of the ledger are asked.
 */
export async function readSinceRelease(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<ReadonlyMap<AgentId, QuarterSpend>> {
  const letGo = agents.flatMap(({ id, releasedAt }) =>
    releasedAt !== null && releasedAt > from ? [{ id, releasedAt }] : [],
  );
  if (letGo.length === 0) return new Map();
  const { sql } = ctx;
  const ids = letGo.map(({ id }) => id);
  const endOf = (at: Date): string => new Date(bucketOf(at).getTime() + bucketMs).toISOString();
  const places = await readLedgerPlaces(
    ctx,
    [{ fromMs: from.getTime(), toMs: to.getTime() }],
    sql`p.agent_id = any(${ids}::uuid[])`,
  );
  const rows = await sql<(SpendRow & { readonly agentId: AgentId })[]>`
    select p.agent_id, ${spendSums(ctx)}
    from ${ledgerPoints(ctx, { from, to, places }, new Set(["usage"]))} p
    join unnest(${ids}::uuid[], ${letGo.map(({ releasedAt }) => releasedAt.toISOString())}::timestamptz[],
      ${letGo.map(({ releasedAt }) => endOf(releasedAt))}::timestamptz[]) as let_go(id, at, until)
      on let_go.id = p.agent_id and p.bucket_at >= let_go.at and p.bucket_at < let_go.until
    group by p.agent_id`;
  return new Map(rows.map(({ agentId, ...spend }) => [agentId, toSpend(spend)]));
}
