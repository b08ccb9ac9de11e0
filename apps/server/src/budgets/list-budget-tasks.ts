import type { BudgetTask } from "@headcount/contract/budgets/schemas";
import { budgets } from "@headcount/contract/budgets/routes";
import { privateAgentName, readClosedAgents } from "../agents/read-closed-agents.ts";
import { query } from "../platform/command.ts";
import { coversTask, holdsWork } from "./covers.ts";
import { getVisibleBudget } from "./visible-budgets.ts";

const mostTasks = 100;

type Row = Omit<BudgetTask, "since"> & { readonly since: Date };

/** Tasks that a budget holds, longest waiting first, then those that run in its scope. */
export const listBudgetTasks = query(budgets.tasks, async (ctx, input) => {
  const { id } = await getVisibleBudget(ctx, input.budgetId);
  const rows = await ctx.sql<Row[]>`
    select t.id as task_id, t.issue_id, w.issue_prefix || '-' || i.number as issue_key,
      i.title as issue_title, t.agent_id, a.name as agent_name, t.status,
      coalesce(t.started_at, t.dispatched_at, t.queued_at) as since,
      t.status in ('queued', 'deferred') as held
    from budgets b
    join tasks t on t.workspace_id = b.workspace_id and ${coversTask(ctx)}
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    join workspaces w on w.workspace_id = t.workspace_id
    where b.workspace_id = ${ctx.workspaceId} and b.id = ${id}
      and (t.status in ('dispatched', 'waiting_directory', 'running')
        or (t.status in ('queued', 'deferred') and ${holdsWork(ctx)}))
    order by held desc, t.queued_at, t.id limit ${mostTasks}`;
  const closed = await readClosedAgents(
    ctx,
    rows.map((row) => row.agentId),
  );
  return {
    items: rows.map((row) => ({
      ...row,
      agentName: closed.has(row.agentId) ? privateAgentName : row.agentName,
      since: row.since.toISOString(),
    })),
  };
});
