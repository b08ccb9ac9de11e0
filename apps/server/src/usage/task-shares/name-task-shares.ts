import type { AgentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { TaskOutcome, TaskStatus } from "@headcount/contract/tasks/states";
import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { TaskShare } from "@headcount/contract/usage/task-share-schemas";
import type { Measured } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import { readAudience } from "../../tasks/read-audience.ts";
import { type MeasuredShare, privateKey, unmanagedKey } from "./read-task-shares.ts";

type TaskRow = {
  id: string;
  issueId: IssueId;
  issueKey: string;
  issueTitle: string;
  isIssueDeleted: boolean;
  agentId: AgentId;
  agentName: string;
  status: TaskStatus;
  outcome: TaskOutcome | null;
  startedAt: Date | null;
  endedAt: Date | null;
};

const noTask = {
  taskId: null,
  issue: null,
  agent: null,
  isOpen: false,
  status: null,
  outcome: null,
  startedAt: null,
  endedAt: null,
} as const;

/** Says what the rows of a page stand for. */
export async function nameTaskShares(
  ctx: WorkspaceContext,
  shares: readonly MeasuredShare[],
  figures: (measured: Measured) => UsageFigures,
): Promise<TaskShare[]> {
  const ids = shares
    .map((share) => share.key)
    .filter((key) => key !== privateKey && key !== unmanagedKey);
  const tasks = new Map((await readTaskRows(ctx, ids)).map((row) => [row.id, row]));
  const audience = new Set<string>((await readAudience(ctx)).agentIds);
  return shares.map(({ key, measured }): TaskShare => {
    const metrics = figures(measured);
    if (key === privateKey) return { ...noTask, kind: "private", metrics };
    if (key === unmanagedKey) return { ...noTask, kind: "unmanaged", metrics };
    const row = tasks.get(key);
    return row
      ? { ...toTask(row), isOpen: audience.has(row.agentId), metrics }
      : // What is left of a task keeps its id.
        { ...noTask, kind: "deleted", taskId: key as TaskId, metrics };
  });
}

function toTask(row: TaskRow): Omit<TaskShare, "metrics" | "isOpen"> {
  return {
    kind: "value",
    taskId: row.id as TaskId,
    issue: {
      id: row.issueId,
      key: row.issueKey,
      title: row.issueTitle,
      isDeleted: row.isIssueDeleted,
    },
    agent: { id: row.agentId, name: row.agentName },
    status: row.status,
    outcome: row.outcome,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function readTaskRows(ctx: WorkspaceContext, ids: readonly string[]): Promise<TaskRow[]> {
  return ctx.sql<TaskRow[]>`
    select t.id, t.issue_id, w.issue_prefix || '-' || i.number as issue_key,
      i.title as issue_title, i.deleted_at is not null as is_issue_deleted, t.agent_id,
      a.name as agent_name, t.status, t.outcome, t.started_at, t.ended_at
    from tasks t
    join workspaces w on w.workspace_id = t.workspace_id
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${[...ids]}::uuid[])`;
}
