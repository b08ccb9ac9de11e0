import type {
  AgentId,
  CommentId,
  DaemonId,
  IssueId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type { TaskKind } from "@headcount/contract/tasks/states";
import type { WorkspaceContext } from "../platform/context.ts";
import type { StoredEvidence, TaskRow } from "./task-row.ts";

export type NewTask = {
  readonly id: TaskId;
  readonly issueId: IssueId;
  readonly agentId: AgentId;
  readonly kind: TaskKind;
  readonly status: "queued" | "deferred";
  readonly priority: number;
  readonly preferredRuntimeId: RuntimeId | null;
  readonly triggerCommentId: CommentId | null;
  readonly plannedCommentIds: readonly CommentId[];
  readonly triggerSummary: string;
  readonly handoffNote: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retryOf: TaskId | null;
  readonly rerunOf: TaskId | null;
  readonly delegatedBy: TaskId | null;
  readonly fireAt: Date | null;
  readonly fireReason: TaskRow["fireReason"];
  readonly queuedAt: Date;
  readonly freshSession: boolean;
  readonly modelRequested: string | null;
  readonly hop: number;
  readonly initiatorType: "member" | "agent" | "system";
  readonly initiatorId: string | null;
  readonly originatorId: UserId | null;
  readonly accountableId: UserId | null;
  readonly attribution: StoredEvidence;
};

/** False when another transaction took the slot's pending place first. */
export async function insertTask(ctx: WorkspaceContext, task: NewTask): Promise<boolean> {
  const row = {
    ...task,
    workspaceId: ctx.workspaceId,
    plannedCommentIds: [...task.plannedCommentIds],
    attribution: ctx.sql.json(task.attribution as never),
  };
  const inserted = await ctx.sql`
    insert into tasks ${ctx.sql(row as never)} on conflict do nothing returning id`;
  return inserted.length === 1;
}

/** Columns that change during a task's life. Absent ones stay. */
export type TaskPatch = {
  readonly status?: TaskRow["status"];
  readonly outcome?: TaskRow["outcome"];
  readonly runtimeId?: RuntimeId | null;
  readonly daemonId?: DaemonId | null;
  readonly runtimeName?: string | null;
  readonly triggerCommentId?: CommentId | null;
  readonly plannedCommentIds?: readonly CommentId[];
  readonly triggerSummary?: string;
  readonly delegatedBy?: TaskId | null;
  readonly fireAt?: Date | null;
  readonly fireReason?: TaskRow["fireReason"];
  readonly dispatchedAt?: Date | null;
  readonly startedAt?: Date | null;
  readonly endedAt?: Date | null;
  readonly lease?: number;
  readonly leaseExpiresAt?: Date | null;
  readonly leaseRevoked?: boolean;
  readonly step?: string | null;
  readonly stepSince?: Date | null;
  readonly sessionId?: string | null;
  readonly sessionRetired?: boolean;
  readonly workDirectory?: string | null;
  readonly displayDirectory?: string | null;
  readonly branch?: string | null;
  readonly argv?: readonly string[];
  readonly modelRequested?: string | null;
  readonly modelUsed?: string | null;
  readonly result?: string | null;
  readonly failureReason?: TaskRow["failureReason"];
  readonly rawFailureReason?: string | null;
  readonly error?: string | null;
  readonly activity?: string | null;
  readonly progressAt?: Date | null;
  readonly toolOpen?: boolean;
  readonly coverageLevel?: string;
  readonly coverageReason?: string;
  readonly hop?: number;
  readonly initiatorType?: TaskRow["initiatorType"];
  readonly initiatorId?: string | null;
  readonly originatorId?: UserId | null;
  readonly accountableId?: UserId | null;
  readonly attribution?: StoredEvidence;
  readonly supersededResult?: unknown;
};

const jsonColumns = new Set(["argv", "attribution", "supersededResult"]);

/** Writes a patch to a task that the caller has locked. @throws when the row changed in between */
export async function updateTask(
  ctx: WorkspaceContext,
  task: Pick<TaskRow, "id" | "status" | "lease">,
  patch: TaskPatch,
): Promise<void> {
  const columns = Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name,
      jsonColumns.has(name) && value !== null ? ctx.sql.json(value as never) : value,
    ]),
  );
  const updated = await ctx.sql`
    update tasks set ${ctx.sql(columns as never)}
    where workspace_id = ${ctx.workspaceId} and id = ${task.id}
      and status = ${task.status} and lease = ${task.lease}
    returning id`;
  if (updated.length !== 1) throw new Error(`Task ${task.id} changed under its lock`);
}

/** A token ends with its task. */
export async function deleteTaskTokens(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    delete from task_tokens where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}
