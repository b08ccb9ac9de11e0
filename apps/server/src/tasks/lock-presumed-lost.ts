import type { AgentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

type Slot = { readonly issueId: IssueId; readonly agentId: AgentId };

export type PresumedLost = {
  /** Earlier runs of the slots that are presumed lost, locked. */
  readonly ids: readonly TaskId[];
  /** True when such a run of the slot is just being reported about: its new work has to wait. */
  isReported(slot: Slot): boolean;
};

/**
 * Locks the earlier runs of slots whose machine may still report their end, since newer work of the
 * slot takes that chance from it. Who reports holds such a run and wants the newer work, which the
 * caller holds, so nothing is waited for here. The array of ids leads to the primary key whatever the
 * planner believes about the other rows.
 */
export async function lockPresumedLost(
  ctx: WorkspaceContext,
  slots: readonly Slot[],
): Promise<PresumedLost> {
  const issueIds = slots.map((slot) => slot.issueId);
  const rows = await ctx.sql<(Slot & { id: TaskId; isLocked: boolean })[]>`
    with lost as (
      select t.id, t.issue_id, t.agent_id from tasks t
      join unnest(${issueIds}::uuid[], ${slots.map((slot) => slot.agentId)}::uuid[])
        as slot(issue_id, agent_id) on t.issue_id = slot.issue_id and t.agent_id = slot.agent_id
      where t.workspace_id = ${ctx.workspaceId} and t.issue_id = any(${issueIds}::uuid[])
        and t.status = 'failed' and t.failure_reason = 'runtime_offline' and not t.lease_revoked
    ), locked as (
      select t.id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.id = any(array(select lost.id from lost))
        and t.status = 'failed' and not t.lease_revoked
      for update of t skip locked
    )
    select lost.id, lost.issue_id, lost.agent_id, locked.id is not null as is_locked
    from lost left join locked on locked.id = lost.id`;
  const reported = new Set(rows.filter((row) => !row.isLocked).map(keyOf));
  return {
    ids: rows.filter((row) => row.isLocked).map((row) => row.id),
    isReported: (slot) => reported.has(keyOf(slot)),
  };
}

const keyOf = (slot: Slot): string => `${slot.issueId} ${slot.agentId}`;
