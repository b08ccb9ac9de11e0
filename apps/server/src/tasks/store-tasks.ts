import type {
  AgentId,
  CommentId,
  DaemonId,
  IssueId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type { TaskSkill } from "@headcount/contract/skills/task-skill";
import type { HeldLease } from "@headcount/contract/daemon/schemas";
import type { UsageDrift } from "@headcount/contract/usage/schemas";
import type { FiredWatchdog, TaskKind } from "@headcount/contract/tasks/states";
import { leaseMs } from "@headcount/domain/tasks/transitions";
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
  readonly queuedAt?: Date;
  readonly dispatchedAt?: Date | null;
  readonly waitingAt?: Date | null;
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
  readonly watchdog?: FiredWatchdog | null;
  readonly error?: string | null;
  readonly activity?: string | null;
  readonly progressAt?: Date | null;
  readonly toolOpen?: boolean;
  readonly coverageLevel?: string;
  readonly coverageReason?: string;
  readonly usageDrift?: readonly UsageDrift[];
  readonly linesAdded?: number;
  readonly linesDeleted?: number;
  readonly filesChanged?: number;
  readonly changesSequence?: number;
  readonly hop?: number;
  readonly initiatorType?: TaskRow["initiatorType"];
  readonly initiatorId?: string | null;
  readonly originatorId?: UserId | null;
  readonly accountableId?: UserId | null;
  readonly attribution?: StoredEvidence;
  readonly supersededResult?: unknown;
};

const jsonColumns = new Set(["argv", "attribution", "supersededResult", "usageDrift", "watchdog"]);

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

export type RenewedLease = {
  readonly id: TaskId;
  readonly issueId: IssueId;
  readonly agentId: AgentId;
  readonly status: TaskRow["status"];
  readonly lease: number;
  readonly progressAt: Date;
  readonly previousProgressAt: Date | null;
  readonly previousLeaseExpiresAt: Date | null;
};

/** Extends, in one statement, the leases that the machine really holds. */
export function writeRenewals(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  held: readonly HeldLease[],
): Promise<RenewedLease[]> {
  const expiresAt = new Date(ctx.now.getTime() + leaseMs);
  return ctx.sql<RenewedLease[]>`
    with held as (
      select (item->>'taskId')::uuid as task_id, (item->>'lease')::int as lease,
        item->>'step' as step, (item->>'toolOpen')::boolean as tool_open,
        ${ctx.now}::timestamptz
          - (item->>'silentForMs')::bigint * interval '1 millisecond' as progress_at
      from jsonb_array_elements(${ctx.sql.json(held as never)}::jsonb) as item
    ), current as (
      select t.id, t.progress_at, t.lease_expires_at, h.step, h.tool_open, h.progress_at as shown_at
      from tasks t join held h on h.task_id = t.id and h.lease = t.lease
      where t.workspace_id = ${ctx.workspaceId} and t.daemon_id = ${daemonId}
        and not t.lease_revoked and t.status in ('dispatched', 'waiting_directory', 'running')
      order by t.id for update of t
    )
    update tasks t set lease_expires_at = ${expiresAt},
      step_since = case when t.step is distinct from c.step then ${ctx.now} else t.step_since end,
      step = c.step, tool_open = c.tool_open, progress_at = c.shown_at
    from current c
    where t.workspace_id = ${ctx.workspaceId} and t.id = c.id
    returning t.id, t.issue_id, t.agent_id, t.status, t.lease, t.progress_at,
      c.progress_at as previous_progress_at, c.lease_expires_at as previous_lease_expires_at`;
}

export type Dispatch = {
  readonly task: Pick<TaskRow, "id" | "issueId" | "agentId" | "status" | "lease">;
  readonly status: TaskRow["status"];
  readonly lease: number;
  readonly runtimeId: RuntimeId;
  readonly runtimeName: string;
  readonly modelRequested: string | null;
  readonly skills: readonly TaskSkill[];
};

/** Hands locked tasks to a machine in one statement. @throws when one of them changed in between */
export async function markDispatched(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  dispatches: readonly Dispatch[],
): Promise<void> {
  if (dispatches.length === 0) return;
  const rows = dispatches.map(({ task, ...dispatch }) => ({
    ...dispatch,
    id: task.id,
    fromStatus: task.status,
    fromLease: task.lease,
  }));
  // The list of ids leads to the primary key whatever the planner believes about the other rows.
  const updated = await ctx.sql`
    update tasks t set status = d.status, lease = d.lease, lease_revoked = false,
      lease_expires_at = ${new Date(ctx.now.getTime() + leaseMs)}, dispatched_at = ${ctx.now},
      runtime_id = d."runtimeId", daemon_id = ${daemonId}, runtime_name = d."runtimeName",
      model_requested = d."modelRequested", skills = d.skills, step = 'preparing', step_since = ${ctx.now},
      progress_at = ${ctx.now}
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb) as d(id uuid, status text,
      lease int, "runtimeId" uuid, "runtimeName" text, "modelRequested" text, skills jsonb, "fromStatus" text,
      "fromLease" int)
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${rows.map((row) => row.id)}::uuid[])
      and t.id = d.id and t.status = d."fromStatus" and t.lease = d."fromLease"`;
  if (updated.count !== dispatches.length) throw new Error("A task changed under its lock");
}

/** The presumed ends of these locked runs are final from now on. */
export async function revokeLeases(ctx: WorkspaceContext, ids: readonly TaskId[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.sql`
    update tasks set lease_revoked = true
    where workspace_id = ${ctx.workspaceId} and id = any(${ids}::uuid[])`;
}

/** Books every task of a runtime, ended ones included, on another one. @returns how many there were */
export async function replaceRuntimeOfTasks(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  from: RuntimeId,
  to: RuntimeId,
): Promise<number> {
  const moved = await ctx.sql`
    with affected as (
      select id from tasks
      where workspace_id = ${ctx.workspaceId} and ${from} in (runtime_id, preferred_runtime_id)
      order by id for update
    )
    update tasks t set
      runtime_id = case when t.runtime_id = ${from} then ${to} else t.runtime_id end,
      preferred_runtime_id = case when t.preferred_runtime_id = ${from} then ${to}
        else t.preferred_runtime_id end
    from affected
    where t.workspace_id = ${ctx.workspaceId} and t.id = affected.id`;
  return moved.count;
}
