import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { transition } from "@headcount/domain/tasks/transitions";
import { isHeldByBudget } from "../budgets/hold.ts";
import { keepRoom } from "../budgets/lock-budgets.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Claim } from "./claim.ts";
import { chooseCandidates, lockAgents } from "./choose-candidates.ts";
import { dispatchTasks } from "./dispatch-tasks.ts";
import { readHeldAgents } from "../runaway/read-held-agents.ts";
import { promoteDeferred } from "./promote-deferred.ts";
import { readClaimingRuntimes } from "./read-claiming-runtimes.ts";
import { readRecentQuotaWaits } from "./read-quota-waits.ts";
import { insertClaim, setClaimTasks } from "./store-claims.ts";
import { stateOf, taskColumns, type TaskRow } from "./task-row.ts";

/**
 * Takes work of one workspace for a machine, in this order: due deferred tasks become claimable,
 * answers that never arrived are given out again, then new work by priority, apart from that of
 * agents whose provider refuses them for now, of those that the guard holds, and of what budgets hold.
 */
export async function claimTasks(
  ctx: WorkspaceContext,
  claim: Claim,
): Promise<readonly ClaimedTask[]> {
  const runtimes = await readClaimingRuntimes(ctx, claim);
  if (runtimes.length === 0) return repeatClaim(ctx, claim);
  const [isNew, agentIds, quotaWaits, guardHolds] = await Promise.all([
    insertClaim(ctx, claim),
    lockAgents(ctx, runtimes),
    readRecentQuotaWaits(ctx),
    readHeldAgents(ctx),
  ]);
  if (!isNew) return repeatClaim(ctx, claim);
  await promoteDeferred(ctx, agentIds, quotaWaits);
  await keepRoom(ctx);
  const lapsed = await findLapsed(ctx, claim);
  const mayStart = agentIds.filter(
    (id) => (quotaWaits.get(id)?.endsAt ?? ctx.now) <= ctx.now && !guardHolds.has(id),
  );
  const candidates = await chooseCandidates(ctx, mayStart, claim.max - lapsed.length);
  const claimed = await dispatchTasks(ctx, claim, [...lapsed, ...candidates]);
  await setClaimTasks(
    ctx,
    claim.claimId,
    claimed.map((task) => task.taskId),
  );
  return claimed;
}

/** The same tasks under the same leases, as far as nothing has happened to them since. */
async function repeatClaim(ctx: WorkspaceContext, claim: Claim): Promise<readonly ClaimedTask[]> {
  const rows = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from claims c
    join tasks t on t.workspace_id = c.workspace_id and t.id = any(c.task_ids)
    where c.workspace_id = ${ctx.workspaceId} and c.claim_id = ${claim.claimId}
      and c.daemon_id = ${claim.daemonId} and t.daemon_id = c.daemon_id
      and t.status = 'dispatched' and not t.lease_revoked and t.dispatched_at <= c.created_at
    order by array_position(c.task_ids, t.id) for update of t`;
  return dispatchTasks(
    ctx,
    claim,
    rows.map((row) => ({ row, state: stateOf(row) })),
  );
}

/** Tasks whose claim was never followed by a start: the answer was lost, or the machine forgot them. */
async function findLapsed(
  ctx: WorkspaceContext,
  claim: Claim,
): Promise<{ row: TaskRow; state: ReturnType<typeof stateOf> }[]> {
  const rows = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.status = 'dispatched'
      and t.runtime_id = any(${claim.runtimeIds}::uuid[]) and t.daemon_id = ${claim.daemonId}
      and t.lease_expires_at < ${ctx.now} and not ${isHeldByBudget(ctx)}
    order by t.id limit ${claim.max} for update skip locked`;
  return rows.flatMap((row) => {
    const decision = transition(stateOf(row), {
      type: "redeliver",
      dispatchedForMs: ctx.now.getTime() - (row.dispatchedAt?.getTime() ?? 0),
      leaseLapsed: true,
    });
    return decision.ok ? [{ row, state: decision.value }] : [];
  });
}
