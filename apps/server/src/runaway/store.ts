import type { AgentId, IssueId, RunawayHoldId, UserId } from "@headcount/contract/kit/ids";
import type { RunawayDescription } from "@headcount/domain/runaway/describe-runaway";
import type { WorkspaceContext } from "../platform/context.ts";

export type NewHold = RunawayDescription & {
  readonly agentId: AgentId;
  /** Where it happened; null when it is about no one issue. */
  readonly issueId: IssueId | null;
};

/** @returns null when the agent is held already */
export async function insertHold(
  ctx: WorkspaceContext,
  hold: NewHold,
): Promise<RunawayHoldId | null> {
  const [row] = await ctx.sql<{ id: RunawayHoldId }[]>`
    insert into runaway_holds (workspace_id, id, agent_id, kind, detail, facts, issue_id, since)
    values (${ctx.workspaceId}, ${ctx.newId<RunawayHoldId>()}, ${hold.agentId}, ${hold.kind},
      ${hold.detail}, ${ctx.sql.json(hold.facts as never)}, ${hold.issueId}, ${ctx.now})
    on conflict do nothing returning id`;
  return row?.id ?? null;
}

/** @returns null when the agent is not held */
export async function setHoldLifted(
  ctx: WorkspaceContext,
  agentId: AgentId,
  lift: { readonly by: UserId; readonly note: string },
): Promise<RunawayHoldId | null> {
  const [row] = await ctx.sql<{ id: RunawayHoldId }[]>`
    update runaway_holds set lifted_at = ${ctx.now}, lifted_by = ${lift.by}, note = ${lift.note}
    where workspace_id = ${ctx.workspaceId} and agent_id = ${agentId} and lifted_at is null
    returning id`;
  return row?.id ?? null;
}
