import type { AgentId } from "@headcount/contract/kit/ids";
import type { LocalDay } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../platform/context.ts";
import { bucketPoints } from "./rollups/points.ts";
import { sumColumns, type SumRow, toSums, type UsageSums } from "./usage-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** A whole number of calendar days without gaps, oldest first. */
export type Period = readonly LocalDay[];

export type DaySums = {
  readonly date: string;
  readonly sums: UsageSums;
  readonly lastUsedAt: Date;
};

/** Days of the period with usage, of one agent or of all. */
export async function readSumsPerDay(
  ctx: Ctx,
  period: Period,
  agentId: AgentId | null,
): Promise<DaySums[]> {
  const { starts, from, to } = boundsOf(period);
  const rows = await ctx.sql<(SumRow & { place: number; lastUsedAt: Date })[]>`
    select width_bucket(bucket_at, ${starts}::timestamptz[]) as place, ${sumColumns(ctx.sql)},
      max(bucket_at) as last_used_at
    from ${bucketPoints(ctx, { from, to })} as point
    where kind = 'usage' and (${agentId}::uuid is null or agent_id = ${agentId}::uuid)
    group by 1`;
  return rows.map(({ place, lastUsedAt, ...row }) => ({
    date: period[place - 1]?.date ?? "",
    sums: toSums(row),
    lastUsedAt,
  }));
}

export type AgentModelSums = {
  readonly agentId: AgentId;
  readonly provider: string;
  readonly model: string;
  readonly sums: UsageSums;
  readonly lastUsedAt: Date;
};

/** Usage of the period by agent and model. */
export async function readSumsPerAgent(ctx: Ctx, period: Period): Promise<AgentModelSums[]> {
  const { from, to } = boundsOf(period);
  const rows = await ctx.sql<(SumRow & Omit<AgentModelSums, "sums">)[]>`
    select agent_id, provider, model, ${sumColumns(ctx.sql)}, max(bucket_at) as last_used_at
    from ${bucketPoints(ctx, { from, to })} as point
    where kind = 'usage'
    group by agent_id, provider, model`;
  return rows.map((row) => ({
    agentId: row.agentId,
    provider: row.provider,
    model: row.model,
    sums: toSums(row),
    lastUsedAt: row.lastUsedAt,
  }));
}

/** Tasks by the day in which they ended. */
export async function readTasksPerDay(
  ctx: Ctx,
  period: Period,
  agentId: AgentId | null,
): Promise<Map<string, number>> {
  const { starts, from, to } = boundsOf(period);
  const rows = await ctx.sql<{ place: number; tasks: number }[]>`
    select width_bucket(ended_at, ${starts}::timestamptz[]) as place, count(*)::int as tasks
    from tasks
    where workspace_id = ${ctx.workspaceId} and ended_at >= ${from} and ended_at < ${to}
      and (${agentId}::uuid is null or agent_id = ${agentId}::uuid)
    group by 1`;
  return new Map(rows.map((row) => [period[row.place - 1]?.date ?? "", row.tasks]));
}

/** Tasks that ended in the period, by agent. */
export async function readTasksPerAgent(ctx: Ctx, period: Period): Promise<Map<AgentId, number>> {
  const { from, to } = boundsOf(period);
  const rows = await ctx.sql<{ agentId: AgentId; tasks: number }[]>`
    select agent_id, count(*)::int as tasks from tasks
    where workspace_id = ${ctx.workspaceId} and ended_at >= ${from} and ended_at < ${to}
    group by agent_id`;
  return new Map(rows.map((row) => [row.agentId, row.tasks]));
}

function boundsOf(period: Period): { starts: string[]; from: Date; to: Date } {
  const first = period[0];
  const last = period.at(-1);
  if (!first || !last) throw new Error("A period has at least one day");
  return {
    starts: period.map((day) => day.startsAt.toISOString()),
    from: first.startsAt,
    to: last.endsAt,
  };
}
