import type { AgentId } from "@headcount/contract/kit/ids";
import type { QuarterSpend } from "@headcount/domain/runaway/judge-velocity";
import { bucketMs, bucketOf } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../platform/context.ts";
import { countedPico } from "../usage/verify/ledger-sums.ts";
import type { WatchedAgent } from "./read-watched-agents.ts";

type Row = { agentId: AgentId; costPico: string; tokens: string };

/**
 * What agents that were let go on since `from` have used in the rest of that quarter of an hour.
 * Sums know quarters only as a whole, so the events of the ledger are asked.
 */
export async function readSinceRelease(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
  from: Date,
): Promise<ReadonlyMap<AgentId, QuarterSpend>> {
  const letGo = agents.flatMap(({ id, releasedAt }) =>
    releasedAt !== null && releasedAt > from ? [{ id, releasedAt }] : [],
  );
  if (letGo.length === 0) return new Map();
  const { sql, workspaceId } = ctx;
  const endOf = (at: Date): string => new Date(bucketOf(at).getTime() + bucketMs).toISOString();
  const rows = await sql<Row[]>`
    select m.agent_id, sum(coalesce(${sql.unsafe(countedPico)}, 0))::numeric as cost_pico,
      sum(e.input + e.cache_write_5m + coalesce(e.cache_write_1h, 0) + e.output)::numeric as tokens
    from unnest(${letGo.map(({ id }) => id)}::uuid[],
      ${letGo.map(({ releasedAt }) => releasedAt.toISOString())}::timestamptz[],
      ${letGo.map(({ releasedAt }) => endOf(releasedAt))}::timestamptz[]) as let_go(id, at, until)
    join usage_events e on e.workspace_id = ${workspaceId}
      and e.used_at >= let_go.at and e.used_at < let_go.until
    join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
      and m.agent_id = let_go.id
    group by m.agent_id`;
  return new Map(
    rows.map(({ agentId, costPico, tokens }) => [
      agentId,
      { costPico: BigInt(costPico), tokens: BigInt(tokens) },
    ]),
  );
}
