import type { RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Claim } from "./claim.ts";

export type ClaimingRuntime = {
  readonly id: RuntimeId;
  readonly ownerId: UserId;
};

/** Runtimes of the machine that may take work now: present, sound, and heard of lately. */
export function readClaimingRuntimes(
  ctx: WorkspaceContext,
  claim: Pick<Claim, "daemonId" | "runtimeIds">,
): Promise<ClaimingRuntime[]> {
  return ctx.sql<ClaimingRuntime[]>`
    select r.id, r.owner_id from runtimes r
    join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    join members m on m.workspace_id = r.workspace_id and m.user_id = r.owner_id
    where r.workspace_id = ${ctx.workspaceId} and r.daemon_id = ${claim.daemonId}
      and r.id = any(${claim.runtimeIds}::uuid[]) and r.removed_at is null
      and r.online and r.problem is null and l.machine_problem is null
      and l.beat_at > ${new Date(ctx.now.getTime() - minimumSilenceMs)}
    order by r.id`;
}
