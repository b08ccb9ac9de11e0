import type { DaemonId, TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

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

/** Claims that no machine can ask about any more; empty ones are asked about soon or never. */
export async function deleteOldClaims(
  ctx: WorkspaceContext,
  { before, emptyBefore }: { readonly before: Date; readonly emptyBefore: Date },
): Promise<void> {
  await ctx.sql`
    delete from claims
    where workspace_id = ${ctx.workspaceId} and (created_at < ${before}
      or (created_at < ${emptyBefore} and task_ids = '{}'))`;
}
