import type { AgentId, UserId } from "@headcount/contract/kit/ids";
import { type AgentAccess, mayInvoke } from "@headcount/domain/agents/may-invoke";
import { transition } from "@headcount/domain/tasks/transitions";
import { isHeldByBudget } from "../budgets/hold.ts";
import { tasksThatFit } from "../budgets/tasks-that-fit.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Candidate } from "./candidate.ts";
import { cancelRow } from "./cancel-row.ts";
import { tryLockIssue } from "./lock-owners.ts";
import { followUp } from "./reconcile-comments.ts";
import type { ClaimingRuntime } from "./read-claiming-runtimes.ts";
import { stateOf, taskColumns, type TaskRow } from "./task-row.ts";
import { unsupportedDirectories } from "./unsupported-directories.ts";
import { writeTaskActivity } from "./write-task-activity.ts";

type CandidateRow = TaskRow & {
  readonly mode: AgentAccess["mode"];
  readonly ownerId: UserId;
  readonly allowedMemberIds: readonly UserId[];
  readonly originatorIsMember: boolean;
};

/**
 * Queued tasks of these locked agents that may run now, best first, and locked. Counting an agent's
 * load without its lock would let concurrent claims exceed its limit; the locks of `keepRoom` do the
 * same for budgets.
 */
export async function chooseCandidates(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
  max: number,
): Promise<readonly Candidate[]> {
  if (max <= 0 || agentIds.length === 0) return [];
  const claimable = await readClaimable(ctx, agentIds, max);
  const fitting = await tasksThatFit(
    ctx,
    claimable.map((row) => row.id),
  );
  const rows = claimable.filter((row) => fitting.has(row.id));
  const unsupported = await unsupportedDirectories(
    ctx,
    rows.map((row) => row.id),
  );
  const chosen: Candidate[] = [];
  for (const row of rows) {
    const refusal = unsupported.get(row.id);
    if (refusal !== undefined) {
      // Never run anywhere else instead: the files of the task would not be there.
      if (await tryLockIssue(ctx, row.issueId)) await refuse(ctx, row, refusal);
      continue;
    }
    if (!mayStillRun(row)) {
      // What is asked again needs the issue, for which a claim must not wait: the next one will see.
      if (!(await tryLockIssue(ctx, row.issueId))) continue;
      await cancelRow(ctx, row, "access_revoked");
      // Other people's comments may have been waiting in the same task.
      await followUp(ctx, row);
      continue;
    }
    const decision = transition(stateOf(row), { type: "claim" });
    if (decision.ok) chosen.push({ row, state: decision.value });
  }
  return chosen;
}

async function refuse(ctx: WorkspaceContext, row: TaskRow, why: string): Promise<void> {
  const isCancelled = await cancelRow(ctx, row, "directory_unsupported", why);
  if (isCancelled) await writeTaskActivity(ctx, row, "task_cancelled", { reason: why });
}

/**
 * Locks, in order of their ids, the agents that have claimable work for these runtimes. Agents come
 * before tasks in every transaction, so this precedes everything else of a claim.
 */
export async function lockAgents(
  ctx: WorkspaceContext,
  runtimes: readonly ClaimingRuntime[],
): Promise<AgentId[]> {
  const rows = await ctx.sql<{ id: AgentId }[]>`
    select a.id from agents a
    join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
    where a.workspace_id = ${ctx.workspaceId} and a.archived_at is null
      and r.id = any(${runtimes.map((runtime) => runtime.id)}::uuid[])
      and (r.sharing = 'workspace' or r.owner_id = a.owner_id)
      and exists (select 1 from tasks t where t.workspace_id = a.workspace_id
        and t.agent_id = a.id and t.status in ('queued', 'deferred'))
    order by a.id for no key update of a`;
  return rows.map((row) => row.id);
}

/**
 * Per agent as many as its limit leaves, none whose issue the agent is working on and none that a
 * budget holds, in order of priority over all agents. Rows that somebody else holds are left for the next claim. Each part is
 * computed once: on a table whose statistics are old, a join of the parts is run again for each row.
 */
function readClaimable(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
  max: number,
): Promise<CandidateRow[]> {
  return ctx.sql<CandidateRow[]>`
    with active as materialized (
      select b.agent_id, b.issue_id from tasks b
      where b.workspace_id = ${ctx.workspaceId} and b.agent_id = any(${agentIds}::uuid[])
        and b.status in ('dispatched', 'waiting_directory', 'running')
    ), load as materialized (
      select a.id, a.access, a.owner_id, a.max_concurrent_tasks - (
        select count(*) from active where active.agent_id = a.id) as room
      from agents a
      where a.workspace_id = ${ctx.workspaceId} and a.id = any(${agentIds}::uuid[])
    ), ranked as materialized (
      select t.id, t.agent_id, row_number() over (
        partition by t.agent_id order by t.priority desc, t.queued_at, t.id) as place
      from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.agent_id = any(${agentIds}::uuid[])
        and t.status = 'queued' and not exists (select 1 from active
          where active.issue_id = t.issue_id and active.agent_id = t.agent_id)
        and not ${isHeldByBudget(ctx)}
    )
    select ${taskColumns(ctx.sql)}, load.access as mode, load.owner_id,
      array(select x.user_id from agent_allowed_members x
        where x.workspace_id = t.workspace_id and x.agent_id = t.agent_id) as allowed_member_ids,
      exists (select 1 from members m where m.workspace_id = t.workspace_id
        and m.user_id = t.originator_id) as originator_is_member
    from tasks t join load on load.id = t.agent_id
    where t.workspace_id = ${ctx.workspaceId} and t.status = 'queued' and t.id = any(array(
      select ranked.id from ranked join load on load.id = ranked.agent_id
      where ranked.place <= load.room))
    order by t.priority desc, t.queued_at, t.id
    limit ${max} for update of t skip locked`;
}

/** The person behind a task may have lost access, or left, since it was queued. */
function mayStillRun(row: CandidateRow): boolean {
  const { mode, ownerId, allowedMemberIds, originatorId, originatorIsMember } = row;
  const human = originatorId && { userId: originatorId, isMember: originatorIsMember };
  return mayInvoke({ mode, ownerId, allowedMemberIds }, human);
}
