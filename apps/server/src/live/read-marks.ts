import type { LiveMark } from "@headcount/contract/live/series-schemas";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { BudgetId } from "@headcount/contract/kit/ids";
import { privateAgentName, readClosedAgents } from "../agents/read-closed-agents.ts";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { keepVisible } from "../budgets/visible-budgets.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readClosedRuntimes } from "../usage/query/read-closed-runtimes.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Starts and ends of more tasks than this say nothing any more. */
const mostTaskMarks = 200;
const mostOtherMarks = 300;

export type Marks = { readonly marks: readonly LiveMark[]; readonly hidden: number };

/**
 * What happened beside the figures from an instant on, in order of time, as far as its reader may
 * know of it. Whether there is too much to tell goes by the whole range.
 */
export async function readMarks(
  ctx: WorkspaceContext,
  range: TimeRange,
  sinceMs: number,
): Promise<Marks> {
  const told = { ...range, fromMs: sinceMs };
  const [count, tasks, machines, prices, budgets] = await Promise.all([
    countTaskMarks(ctx, range),
    readTaskMarks(ctx, told),
    readMachineMarks(ctx, told),
    readPriceMarks(ctx, told),
    readBudgetMarks(ctx, told),
  ]);
  const isCrowded = count > mostTaskMarks;
  const marks = [...(isCrowded ? [] : tasks), ...machines, ...prices, ...budgets];
  return {
    marks: marks.toSorted((a, b) => a.at.localeCompare(b.at)),
    hidden: isCrowded ? count : 0,
  };
}

type TaskMarkRow = {
  taskId: string;
  at: Date;
  kind: "task_started" | "task_ended";
  issueId: string;
  issueKey: string;
  issueTitle: string;
  agentId: string;
  agentName: string;
  outcome: string | null;
};

async function readTaskMarks(ctx: WorkspaceContext, range: TimeRange): Promise<LiveMark[]> {
  const { sql, workspaceId } = ctx;
  const rows = await sql<TaskMarkRow[]>`
    select m.task_id, m.at, m.kind, i.id as issue_id, w.issue_prefix || '-' || i.number as issue_key,
      i.title as issue_title, a.id as agent_id, a.name as agent_name,
      case when m.kind = 'task_ended' then t.outcome end as outcome
    from (${happenings(ctx, range)} limit ${mostTaskMarks + 1}) as m
    join tasks t on t.workspace_id = ${workspaceId} and t.id = m.task_id
    join workspaces w on w.workspace_id = t.workspace_id
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id`;
  const closed = await readClosedAgents(
    ctx,
    rows.map((row) => row.agentId),
  );
  return rows.map((row) => ({
    id: `${row.kind} ${row.taskId}`,
    at: row.at.toISOString(),
    kind: row.kind,
    issue: { id: row.issueId, key: row.issueKey, title: row.issueTitle },
    taskId: row.taskId,
    subject: closed.has(row.agentId) ? privateAgentName : row.agentName,
    outcome: row.outcome,
  }));
}

function happenings({ sql, workspaceId }: WorkspaceContext, range: TimeRange): Fragment {
  const from = new Date(range.fromMs);
  const to = new Date(range.toMs);
  return sql`
    select task_id, started_at as at, 'task_started' as kind from usage_tasks
    where workspace_id = ${workspaceId} and started_at >= ${from} and started_at < ${to}
    union all
    select task_id, ended_at, 'task_ended' from usage_tasks
    where workspace_id = ${workspaceId} and ended_at >= ${from} and ended_at < ${to}
      and outcome is not null`;
}

async function countTaskMarks(ctx: WorkspaceContext, range: TimeRange): Promise<number> {
  const [row] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from (${happenings(ctx, range)}) as all_of_them`;
  return row?.count ?? 0;
}

type KeptRow = {
  id: string;
  at: Date;
  kind: "daemon_lost" | "daemon_back";
  subjectId: string;
  subject: string;
};

async function readMachineMarks(ctx: WorkspaceContext, range: TimeRange): Promise<LiveMark[]> {
  const rows = await ctx.sql<KeptRow[]>`
    select id, at, kind, subject_id, subject from live_marks
    where workspace_id = ${ctx.workspaceId} and at >= ${new Date(range.fromMs)}
      and at < ${new Date(range.toMs)}
    order by at desc limit ${mostOtherMarks}`;
  const closed = await readClosedRuntimes(
    ctx,
    rows.map((row) => row.subjectId),
  );
  return rows.filter((row) => !closed.has(row.subjectId)).map(plainMark);
}

/** Prices say themselves from when to when they go. */
async function readPriceMarks(ctx: WorkspaceContext, range: TimeRange): Promise<LiveMark[]> {
  const from = new Date(range.fromMs);
  const to = new Date(range.toMs);
  const rows = await ctx.sql<{ id: string; at: Date; subject: string }[]>`
    select p.id || ' ' || change.what as id, change.at, p.provider || '/' || p.model as subject
    from usage_price_overrides p
    cross join lateral (values ('starts', p.starts_at), ('ends', p.ends_at)) as change(what, at)
    where p.workspace_id = ${ctx.workspaceId} and change.at >= ${from} and change.at < ${to}
    order by change.at desc limit ${mostOtherMarks}`;
  return rows.map((row) => plainMark({ ...row, kind: "price_changed" }));
}

/** Budgets that people have set, changed, raised or put away. */
async function readBudgetMarks(ctx: WorkspaceContext, range: TimeRange): Promise<LiveMark[]> {
  const rows = await ctx.sql<{ id: string; at: Date; budgetId: BudgetId }[]>`
    select id, at, budget_id from budget_events
    where workspace_id = ${ctx.workspaceId} and at >= ${new Date(range.fromMs)}
      and at < ${new Date(range.toMs)} and kind in ('created', 'updated', 'raised', 'archived')
    order by at desc limit ${mostOtherMarks}`;
  const ids = [...new Set(rows.map((row) => row.budgetId))];
  const visible = await keepVisible(ctx, await readBudgetsById(ctx, ids));
  const names = new Map(visible.map(({ id, name }) => [id, name]));
  return rows.flatMap(({ id, at, budgetId }) => {
    const subject = names.get(budgetId);
    return subject === undefined ? [] : [plainMark({ id, at, kind: "budget_changed", subject })];
  });
}

type PlainMark = {
  readonly id: string;
  readonly at: Date;
  readonly kind: LiveMark["kind"];
  readonly subject: string;
};

function plainMark({ id, at, kind, subject }: PlainMark): LiveMark {
  return { id, at: at.toISOString(), kind, issue: null, taskId: null, subject, outcome: null };
}
