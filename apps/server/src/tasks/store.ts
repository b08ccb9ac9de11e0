import type {
  AgentId,
  CommentId,
  DaemonId,
  IssueId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type { HeldLease } from "@headcount/contract/daemon/schemas";
import type { TaskKind } from "@headcount/contract/tasks/states";
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

export const leaseDurationMs = leaseMs;

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

const tokenLifeMs = 24 * 60 * 60_000;
const tokenGranularityMs = 60 * 60_000;

/** A token lives as long as its lease is renewed; written once an hour, not at every beat. */
export async function extendTaskTokens(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<void> {
  if (taskIds.length === 0) return;
  const expiresAt = new Date(ctx.now.getTime() + tokenLifeMs);
  await ctx.sql`
    update task_tokens set expires_at = ${expiresAt}
    where workspace_id = ${ctx.workspaceId} and task_id = any(${taskIds}::uuid[])
      and expires_at < ${new Date(expiresAt.getTime() - tokenGranularityMs)}`;
}

export type Dispatch = {
  readonly task: Pick<TaskRow, "id" | "issueId" | "agentId" | "status" | "lease">;
  readonly status: TaskRow["status"];
  readonly lease: number;
  readonly runtimeId: RuntimeId;
  readonly runtimeName: string;
  readonly modelRequested: string | null;
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
      model_requested = d."modelRequested", step = 'preparing', step_since = ${ctx.now},
      progress_at = ${ctx.now}
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb) as d(id uuid, status text,
      lease int, "runtimeId" uuid, "runtimeName" text, "modelRequested" text, "fromStatus" text,
      "fromLease" int)
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${rows.map((row) => row.id)}::uuid[])
      and t.id = d.id and t.status = d."fromStatus" and t.lease = d."fromLease"`;
  if (updated.count !== dispatches.length) throw new Error("A task changed under its lock");
}

/** Stores the tokens of leases; repeating it is harmless because they are the same tokens. */
export async function insertTaskTokens(
  ctx: WorkspaceContext,
  tokens: readonly {
    readonly taskId: TaskId;
    readonly lease: number;
    readonly secretHash: Buffer;
  }[],
): Promise<void> {
  if (tokens.length === 0) return;
  const rows = tokens.map((token) => ({ ...token, secretHash: token.secretHash.toString("hex") }));
  await ctx.sql`
    insert into task_tokens (workspace_id, secret_hash, task_id, lease, expires_at)
    select ${ctx.workspaceId}, decode(k."secretHash", 'hex'), k."taskId", k.lease,
      ${new Date(ctx.now.getTime() + tokenLifeMs)}
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
      as k("secretHash" text, "taskId" uuid, lease int)
    on conflict do nothing`;
}

export type Receipt = {
  readonly taskId: TaskId;
  readonly agentId: AgentId;
  readonly lease: number;
  readonly commentId: CommentId;
};

/** Proof that comments were inside the payload of a lease; the latest delivery counts. */
export async function insertReceipts(
  ctx: WorkspaceContext,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  await ctx.sql`
    insert into task_receipts (workspace_id, task_id, comment_id, agent_id, lease, delivered_at)
    select ${ctx.workspaceId}, r."taskId", c.id, r."agentId", r.lease,
      greatest(${ctx.now}, c.created_at, c.edited_at)
    from comments c
    join jsonb_to_recordset(${ctx.sql.json(receipts as never)}::jsonb)
      as r("taskId" uuid, "agentId" uuid, lease int, "commentId" uuid) on r."commentId" = c.id
    where c.workspace_id = ${ctx.workspaceId}
      and c.id = any(${receipts.map((receipt) => receipt.commentId)}::uuid[])
    on conflict (workspace_id, task_id, comment_id)
      do update set lease = excluded.lease, delivered_at = excluded.delivered_at`;
}

/** Opens a claim; false when it is known already. Waits for a concurrent repeat to commit. */
export async function insertClaim(
  ctx: WorkspaceContext,
  claim: { readonly claimId: string; readonly daemonId: DaemonId },
): Promise<boolean> {
  const rows = await ctx.sql`
    insert into claims (workspace_id, claim_id, daemon_id, task_ids, created_at)
    values (${ctx.workspaceId}, ${claim.claimId}, ${claim.daemonId}, '{}', ${ctx.now})
    on conflict do nothing returning claim_id`;
  return rows.length === 1;
}

/** Notes what a claim was answered with; nothing is what it says until then. */
export async function setClaimTasks(
  ctx: WorkspaceContext,
  claimId: string,
  taskIds: readonly TaskId[],
): Promise<void> {
  if (taskIds.length === 0) return;
  await ctx.sql`
    update claims set task_ids = ${taskIds}::uuid[]
    where workspace_id = ${ctx.workspaceId} and claim_id = ${claimId}`;
}

/** What was not shown to an agent has not been delivered. */
export async function deleteReceipts(ctx: WorkspaceContext, taskId: TaskId): Promise<void> {
  await ctx.sql`
    delete from task_receipts where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
}

export type NewMessage = {
  readonly seq: number;
  readonly lease: number;
  readonly type: string;
  readonly tool: string | null;
  readonly callId: string | null;
  readonly content: string;
  readonly input: unknown;
  readonly originalBytes: number | null;
  readonly isError: boolean;
  readonly isSubagent: boolean;
  readonly late: boolean;
  readonly at: Date;
};

/** Files transcript rows in one statement; a replay stores nothing. @returns the places that are new */
export async function insertMessages(
  ctx: WorkspaceContext,
  taskId: TaskId,
  messages: readonly NewMessage[],
): Promise<{ lease: number; seq: number }[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => ({ ...message, at: message.at.toISOString() }));
  return ctx.sql<{ lease: number; seq: number }[]>`
    insert into task_messages (workspace_id, task_id, lease, seq, type, tool, call_id, content,
      input, original_bytes, is_error, is_subagent, late, at)
    select ${ctx.workspaceId}, ${taskId}, (item->>'lease')::int, (item->>'seq')::int,
      item->>'type', item->>'tool', item->>'callId', item->>'content',
      nullif(item->'input', 'null'::jsonb), (item->>'originalBytes')::int,
      (item->>'isError')::boolean, (item->>'isSubagent')::boolean, (item->>'late')::boolean,
      (item->>'at')::timestamptz
    from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) as item
    on conflict do nothing returning lease, seq`;
}

/** The presumed ends of earlier runs of these slots are final once newer work has been handed out. */
export async function revokePresumedLost(
  ctx: WorkspaceContext,
  slots: readonly { readonly issueId: IssueId; readonly agentId: AgentId }[],
): Promise<void> {
  if (slots.length === 0) return;
  const issueIds = slots.map((slot) => slot.issueId);
  await ctx.sql`
    update tasks t set lease_revoked = true
    from unnest(${issueIds}::uuid[], ${slots.map((slot) => slot.agentId)}::uuid[])
      as slot(issue_id, agent_id)
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = any(${issueIds}::uuid[])
      and t.issue_id = slot.issue_id and t.agent_id = slot.agent_id and t.status = 'failed'
      and t.failure_reason = 'runtime_offline' and not t.lease_revoked`;
}

/** Ended tokens, and claims that no machine can ask about any more; empty ones are asked about soon or never. */
export async function deleteOutdated(
  ctx: WorkspaceContext,
  { claimsBefore, emptyClaimsBefore }: { claimsBefore: Date; emptyClaimsBefore: Date },
): Promise<void> {
  await ctx.sql`
    delete from task_tokens
    where workspace_id = ${ctx.workspaceId} and expires_at < ${ctx.now}`;
  await ctx.sql`
    delete from claims
    where workspace_id = ${ctx.workspaceId} and (created_at < ${claimsBefore}
      or (created_at < ${emptyClaimsBefore} and task_ids = '{}'))`;
}

/** Removes raw transcripts of tasks that ended long ago, some at a time; the tasks themselves stay. */
export async function deleteOldMessages(
  ctx: WorkspaceContext,
  endedBefore: Date,
  mostTasks: number,
): Promise<void> {
  await ctx.sql`
    delete from task_messages m
    where m.workspace_id = ${ctx.workspaceId} and m.task_id in (
      select t.id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.ended_at < ${endedBefore}
        and exists (select 1 from task_messages x
          where x.workspace_id = t.workspace_id and x.task_id = t.id)
      order by t.ended_at limit ${mostTasks})`;
}
