import type { AgentId } from "@headcount/contract/kit/ids";
import type { RunawayFinding } from "@headcount/domain/runaway/describe-runaway";
import {
  isNotable,
  judgeVelocity,
  type QuarterSpend,
} from "@headcount/domain/runaway/judge-velocity";
import { bucketMs, bucketOf } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../platform/context.ts";
import { bucketPoints } from "../usage/rollups/points.ts";
import { readSinceRelease } from "./read-since-release.ts";
import { countedFrom, type WatchedAgent } from "./read-watched-agents.ts";
import { type SpendRow, spendSums, toSpend } from "./spend-sums.ts";

/** An agent's habits are those of the last two weeks. */
const habitMs = 14 * 24 * 60 * 60_000;

type QuarterRow = SpendRow & { readonly agentId: AgentId; readonly bucketAt: Date };

/** Agents that spend far more than they ever do; exact at the commit that is read. */
export async function findFastSpenders(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
  factor: number,
): Promise<ReadonlyMap<AgentId, RunawayFinding>> {
  const quarter = bucketOf(ctx.now);
  const recentFrom = new Date(quarter.getTime() - bucketMs);
  const end = new Date(quarter.getTime() + bucketMs);
  const lately = { from: recentFrom, to: end };
  const recent = await readQuarters(ctx, lately, agents);
  const sinceRelease = await readSinceRelease(ctx, agents, lately);
  const notable = agents.flatMap((agent) => {
    const from = countedFrom(agent, recentFrom);
    const whole = (recent.get(agent.id) ?? []).filter((spent) => spent.at >= from);
    const part = sinceRelease.get(agent.id);
    const fullest = fullestOf(part ? [...whole, part] : whole);
    return isNotable(fullest) ? [{ agent, fullest }] : [];
  });
  if (notable.length === 0) return new Map();
  const history = await readQuarters(
    ctx,
    { from: new Date(recentFrom.getTime() - habitMs), to: recentFrom },
    notable.map(({ agent }) => agent),
  );
  return new Map(
    notable.flatMap(({ agent, fullest }) => {
      const quarters = history.get(agent.id) ?? [];
      const velocity = judgeVelocity({ recent: fullest, history: quarters, factor });
      return velocity === null ? [] : [[agent.id, { kind: "velocity" as const, velocity }]];
    }),
  );
}

type Quarter = QuarterSpend & { readonly at: Date };

async function readQuarters(
  ctx: WorkspaceContext,
  range: { readonly from: Date; readonly to: Date },
  agents: readonly WatchedAgent[],
): Promise<ReadonlyMap<AgentId, readonly Quarter[]>> {
  const { sql } = ctx;
  const rows = await sql<QuarterRow[]>`
    select p.agent_id, p.bucket_at, ${spendSums(ctx)}
    from ${bucketPoints(ctx, range, new Set(["usage"]))} p
    where p.agent_id = any(${agents.map((agent) => agent.id)}::uuid[])
    group by p.agent_id, p.bucket_at`;
  const byAgent = Map.groupBy(rows, (row) => row.agentId);
  return new Map(
    [...byAgent].map(([id, of]) => [id, of.map((row) => ({ at: row.bucketAt, ...toSpend(row) }))]),
  );
}

function fullestOf(quarters: readonly QuarterSpend[]): QuarterSpend {
  const most = (measure: keyof QuarterSpend): bigint =>
    quarters.reduce((top, quarter) => (quarter[measure] > top ? quarter[measure] : top), 0n);
  return { costPico: most("costPico"), tokens: most("tokens") };
}
