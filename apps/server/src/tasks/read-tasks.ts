import type postgres from "postgres";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { Task } from "@headcount/contract/tasks/schemas";
import { isTerminal } from "@headcount/domain/tasks/task-can";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { type Audience, readAudience } from "./read-audience.ts";
import { readWaiting } from "./read-waiting.ts";
import { stalledSince } from "./stalled-since.ts";
import { taskColumns } from "./task-row.ts";
import { seenBy, type TaskViewRow, toTask } from "./task-view.ts";

type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Which tasks to read: conditions on `t` that begin with `and`, then order and limit. */
export type TaskSelection = { readonly where: Fragment; readonly order: Fragment };

/** Tasks as the context's actor may see them, in one statement with their usage. */
export async function readTasks(
  ctx: WorkspaceContext,
  selection: TaskSelection,
  audience?: Audience,
): Promise<Task[]> {
  const rows = await readRows(ctx, selection);
  const visible = audience ?? (await readAudience(ctx));
  const openAgents = new Set<string>(visible.agentIds);
  const waiting = await readWaiting(
    ctx,
    rows.filter((row) => !isTerminal(row.status) && row.status !== "running").map((row) => row.id),
  );
  return rows.map((row) => {
    const task = toTask(row, {
      waiting: waiting.get(row.id)?.[0] ?? null,
      stalledSince: stalledSince(ctx.now, row, visible.stallAfterMs),
    });
    return seenBy(task, openAgents);
  });
}

/** One task as the API shows it. @throws not_found also for people outside its agent's audience */
export async function getTask(ctx: WorkspaceContext, taskId: TaskId): Promise<Task> {
  const [task] = await readTasks(ctx, {
    where: ctx.sql`and t.id = ${taskId}`,
    order: ctx.sql`limit 1`,
  });
  if (!task || task.isPrivate) throw notFound("task");
  return task;
}

function readRows(ctx: WorkspaceContext, selection: TaskSelection): Promise<TaskViewRow[]> {
  return ctx.sql<TaskViewRow[]>`
    select ${taskColumns(ctx.sql)}, w.issue_prefix || '-' || i.number as issue_key,
      i.title as issue_title, a.name as agent_name, t.runtime_name, t.display_directory, t.branch,
      t.argv, t.skills, t.model_requested, t.model_used, t.result, t.raw_failure_reason, t.error, t.watchdog, t.activity,
      t.progress_at, t.tool_open, t.lines_added, t.lines_deleted, t.files_changed, coalesce(iu.name, ia.name) as initiator_name, ou.name as originator_name,
      au.name as accountable_name, spent.usage
    from tasks t
    join workspaces w on w.workspace_id = t.workspace_id
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    left join users iu on t.initiator_type = 'member' and iu.id = t.initiator_id
    left join agents ia on t.initiator_type = 'agent' and ia.workspace_id = t.workspace_id
      and ia.id = t.initiator_id
    left join users ou on ou.id = t.originator_id
    left join users au on au.id = t.accountable_id
    left join lateral (
      select jsonb_build_object(
        'events', sum(u.events)::text, 'input', sum(u.input)::text,
        'cacheRead', sum(u.cache_read)::text, 'cacheWrite5m', sum(u.cache_write_5m)::text,
        'cacheWrite1h', sum(u.cache_write_1h)::text, 'output', sum(u.output)::text,
        'reasoning', sum(u.reasoning)::text, 'unpricedTokens', sum(u.unpriced_tokens)::text,
        'costPico', (sum(u.cost_pico) filter (where u.priced_events > 0))::text) as usage
      from usage_meters u where u.workspace_id = t.workspace_id and u.task_id = t.id
        and u.kind = 'usage'
      having count(*) > 0
    ) spent on true
    where t.workspace_id = ${ctx.workspaceId} ${selection.where} ${selection.order}`;
}
