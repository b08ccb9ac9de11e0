import type { AgentId } from "@headcount/contract/kit/ids";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import { formatUsd } from "@headcount/domain/usage/money";
import { lastLocalDays, type LocalDay } from "@headcount/domain/usage/buckets";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { bucketPoints } from "../usage/rollups/points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** What an agent has been doing, computed from its tasks and from the usage that is booked for it. */
export type AgentActivity = {
  readonly unfinished: readonly TaskStatus[];
  readonly latestEnded: "completed" | "failed" | "cancelled" | null;
  readonly recentDays: Agent["recentDays"];
};

const shownDays = 7;

/** Activity of many agents with one statement per kind of fact. */
export async function readActivity(
  ctx: Ctx,
  agentIds: readonly AgentId[],
): Promise<(agentId: AgentId) => AgentActivity> {
  const days = lastLocalDays("UTC", ctx.now, shownDays);
  const [unfinished, latest, tasks, costs] = await Promise.all([
    readUnfinished(ctx, agentIds),
    readLatestEnded(ctx, agentIds),
    readTasksPerDay(ctx, agentIds, days),
    readCostPerDay(ctx, agentIds, days),
  ]);
  return (agentId) => ({
    unfinished: unfinished
      .filter((row) => row.agentId === agentId)
      .flatMap((row) => Array.from<TaskStatus>({ length: row.count }).fill(row.status)),
    latestEnded: latest.find((row) => row.agentId === agentId)?.status ?? null,
    recentDays: days.map(({ date }) => ({
      date,
      tasks: tasks.get(`${agentId} ${date}`) ?? 0,
      costUsd: costs.get(`${agentId} ${date}`) ?? null,
    })),
  });
}

function readUnfinished(
  ctx: Ctx,
  agentIds: readonly AgentId[],
): Promise<{ agentId: AgentId; status: TaskStatus; count: number }[]> {
  return ctx.sql<{ agentId: AgentId; status: TaskStatus; count: number }[]>`
    select agent_id, status, count(*)::int as count from tasks
    where workspace_id = ${ctx.workspaceId} and agent_id = any(${agentIds}::uuid[])
      and status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    group by agent_id, status`;
}

function readLatestEnded(
  ctx: Ctx,
  agentIds: readonly AgentId[],
): Promise<{ agentId: AgentId; status: "completed" | "failed" | "cancelled" }[]> {
  return ctx.sql<{ agentId: AgentId; status: "completed" | "failed" | "cancelled" }[]>`
    select wanted.id as agent_id, latest.status
    from unnest(${agentIds}::uuid[]) as wanted(id)
    cross join lateral (
      select t.status from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.agent_id = wanted.id and t.ended_at is not null
      order by t.ended_at desc, t.id desc limit 1
    ) as latest`;
}

async function readTasksPerDay(
  ctx: Ctx,
  agentIds: readonly AgentId[],
  days: readonly LocalDay[],
): Promise<Map<string, number>> {
  const rows = await ctx.sql<{ agentId: AgentId; date: string; tasks: number }[]>`
    select agent_id, to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD') as date,
      count(*)::int as tasks
    from tasks
    where workspace_id = ${ctx.workspaceId} and agent_id = any(${agentIds}::uuid[])
      and ended_at >= ${days[0]?.startsAt ?? ctx.now}
    group by 1, 2`;
  return new Map(rows.map((row) => [`${row.agentId} ${row.date}`, row.tasks]));
}

async function readCostPerDay(
  ctx: Ctx,
  agentIds: readonly AgentId[],
  days: readonly LocalDay[],
): Promise<Map<string, string>> {
  const range = { from: days[0]?.startsAt ?? ctx.now, to: days.at(-1)?.endsAt ?? ctx.now };
  const rows = await ctx.sql<{ agentId: AgentId; date: string; costPico: string }[]>`
    select agent_id, to_char(bucket_at at time zone 'UTC', 'YYYY-MM-DD') as date,
      coalesce(sum(cost_pico), 0) as cost_pico
    from ${bucketPoints(ctx, range, new Set(["usage"]))} as point
    where agent_id = any(${agentIds}::uuid[])
    group by 1, 2 having sum(priced_events) > 0`;
  return new Map(
    rows.map((row) => [`${row.agentId} ${row.date}`, formatUsd(BigInt(row.costPico))]),
  );
}
