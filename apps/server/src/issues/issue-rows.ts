import type { AssigneeRef, ActorRef } from "@headcount/contract/kit/actors";
import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import type { IssuePriority, IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { privateAgentName, readClosedAgents } from "../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readLiveTasks } from "../tasks/read-live-tasks.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** A row of {@link summaryColumns}. */
export type IssueRow = {
  id: IssueId;
  number: number;
  issuePrefix: string;
  title: string;
  status: IssueStatus;
  priority: IssuePriority;
  assigneeType: "member" | "agent" | null;
  assigneeId: string | null;
  assigneeName: string | null;
  creatorType: ActorRef["type"];
  creatorId: string | null;
  creatorName: string | null;
  projectId: ProjectId | null;
  orderKey: string;
  revision: number;
  commentCount: number;
  createdAt: Date;
  updatedAt: Date;
  lastActivityAt: Date;
  firstStartedAt: Date | null;
  deletedAt: Date | null;
  costPico: string | null;
};

/**
 * Columns of a list or board entry. `i` is the issue; joins come from {@link summaryJoins}. Names
 * are subqueries, because planning a statement takes longer with every table that it joins.
 */
export function summaryColumns(sql: WorkspaceContext["sql"]): Fragment {
  return sql`
    i.id, i.number, w.issue_prefix, i.title, i.status, i.priority, i.assignee_type, i.assignee_id,
    ${nameOf(sql, "assignee")} as assignee_name,
    i.creator_type, i.creator_id, ${nameOf(sql, "creator")} as creator_name,
    i.project_id, i.order_key, i.revision, i.comment_count, i.created_at, i.updated_at,
    i.last_activity_at, i.first_started_at, i.deleted_at, spent.cost_pico`;
}

function nameOf(sql: WorkspaceContext["sql"], who: "assignee" | "creator"): Fragment {
  const type = sql(`i.${who}_type`);
  const id = sql(`i.${who}_id`);
  return sql`case ${type}
      when 'member' then (select users.name from users where users.id = ${id})
      when 'agent' then (select agents.name from agents
        where agents.workspace_id = i.workspace_id and agents.id = ${id}) end`;
}

export function summaryJoins(sql: WorkspaceContext["sql"]): Fragment {
  return sql`
    join workspaces w on w.workspace_id = i.workspace_id
    left join lateral (
      select sum(u.cost_pico) filter (where u.priced_events > 0) as cost_pico
      from usage_meters u where u.workspace_id = i.workspace_id and u.issue_id = i.id
        and u.kind = 'usage'
    ) spent on true`;
}

/** Finishes rows for the wire: names, cost and what runs on each issue, in one query for all. */
export async function toSummaries(
  ctx: WorkspaceContext,
  rows: readonly IssueRow[],
): Promise<IssueSummary[]> {
  const ids = rows.map((row) => row.id);
  const assigned = rows.flatMap((row) =>
    row.assigneeType === "agent" ? [row.assigneeId ?? ""] : [],
  );
  const [live, closed] = await Promise.all([
    readLiveTasks(ctx, ids),
    readClosedAgents(ctx, assigned),
  ]);
  return rows.map((row) => ({
    id: row.id,
    key: `${row.issuePrefix}-${row.number}`,
    number: row.number,
    title: row.title,
    status: row.status,
    priority: row.priority,
    assignee: toAssignee(row, closed),
    creator: { type: row.creatorType, id: row.creatorId, name: row.creatorName ?? "Headcount" },
    projectId: row.projectId,
    orderKey: row.orderKey,
    revision: row.revision,
    costUsd: row.costPico === null ? null : formatUsd(BigInt(row.costPico)),
    liveTask: live.get(row.id) ?? null,
    commentCount: row.commentCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    firstStartedAt: row.firstStartedAt?.toISOString() ?? null,
  }));
}

/** An issue shows that an agent works on it, and its name to those who may know it. */
function toAssignee(row: IssueRow, closed: ReadonlySet<string>): AssigneeRef | null {
  if (row.assigneeType === null || row.assigneeId === null) return null;
  const name = closed.has(row.assigneeId) ? privateAgentName : (row.assigneeName ?? "");
  return { type: row.assigneeType, id: row.assigneeId, name };
}
