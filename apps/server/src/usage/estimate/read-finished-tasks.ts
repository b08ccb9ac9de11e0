import type { AgentId } from "@headcount/contract/kit/ids";
import type { FinishedTask } from "@headcount/domain/usage/estimate/estimate-task";
import { tasksChecked, tasksWeighed } from "@headcount/domain/usage/estimate/usual-range";
import type { WorkspaceContext } from "../../platform/context.ts";

type Row = {
  readonly queuedAt: Date;
  readonly endedAt: Date;
  readonly coverageLevel: string;
  /** int8 and numeric */
  readonly runMs: string;
  readonly costPico: string;
  readonly notionalPico: string;
  readonly tokens: string;
  readonly unpricedTokens: string;
};

/** What is known of nothing but tasks of one agent, in one project or in all. */
export type TasksAsked = { readonly agentId: AgentId; readonly projectId: string | null };

/**
 * The newest tasks that started and then completed or failed, the newest first. What people cancelled
 * is left out: it says when they lost patience.
 */
export async function readFinishedTasks(
  { sql, workspaceId }: Pick<WorkspaceContext, "sql" | "workspaceId">,
  { agentId, projectId }: TasksAsked,
): Promise<readonly FinishedTask[]> {
  const inProject =
    projectId === null
      ? sql`true`
      : sql`exists (select 1 from issues i where i.workspace_id = t.workspace_id
          and i.id = t.issue_id and i.project_id = ${projectId})`;
  const rows = await sql<Row[]>`
    with newest as materialized (
      select t.id, t.queued_at, t.ended_at, t.coverage_level
      from tasks t
      where t.workspace_id = ${workspaceId} and t.agent_id = ${agentId}
        and t.status in ('completed', 'failed') and t.started_at is not null
        and t.ended_at is not null and ${inProject}
      order by t.queued_at desc, t.id desc
      limit ${tasksWeighed + tasksChecked}
    )
    select n.queued_at, n.ended_at, n.coverage_level, coalesce(k.run_ms, 0) as run_ms, used.*
    from newest n
    left join usage_tasks k on k.workspace_id = ${workspaceId} and k.task_id = n.id
    cross join lateral (
      select coalesce(sum(m.cost_pico), 0) as cost_pico,
        coalesce(sum(m.notional_pico), 0) as notional_pico,
        coalesce(sum(m.unpriced_tokens), 0) as unpriced_tokens,
        coalesce(sum(m.input + m.cache_read + m.cache_write_5m + m.cache_write_1h + m.output), 0)
          as tokens
      from usage_meters m
      where m.kind = 'usage' and m.workspace_id = ${workspaceId} and m.task_id = n.id
    ) as used
    order by n.queued_at desc, n.id desc`;
  return rows.map(toFinished);
}

function toFinished(row: Row): FinishedTask {
  const used = {
    costPico: BigInt(row.costPico),
    notionalPico: BigInt(row.notionalPico),
    tokens: BigInt(row.tokens),
    unpricedTokens: BigInt(row.unpricedTokens),
  };
  return {
    queuedAtMs: row.queuedAt.getTime(),
    endedAtMs: row.endedAt.getTime(),
    used: row.coverageLevel === "none" ? null : used,
    runMs: BigInt(row.runMs),
  };
}
