import { createHash } from "node:crypto";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { globalHandler } from "../platform/command.ts";
import { claimTasks } from "../tasks/claim-tasks.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { daemonOf, inWorkspaceAsDaemon } from "./as-daemon.ts";

/**
 * Work for a machine's reserved slots, one transaction per workspace. Which workspace comes first
 * follows from the claim's id: it rotates over claims, and repeats of one claim meet in one order.
 */
export const claim = globalHandler(daemon.claim, async (ctx, input) => {
  const { daemonId, userId } = daemonOf(ctx);
  const memberships = await listMyWorkspaceIds(ctx, userId);
  const ids = memberships.map(({ workspaceId }) => workspaceId).toSorted();
  const start = startingPlace(input.claimId, ids.length);
  const tasks: ClaimedTask[] = [];
  for (const workspaceId of [...ids.slice(start), ...ids.slice(0, start)]) {
    const max = input.max - tasks.length;
    if (max <= 0) break;
    const { claimId, runtimeIds } = input;
    tasks.push(
      ...(await inWorkspaceAsDaemon(ctx, workspaceId, (workspaceCtx) =>
        claimTasks(workspaceCtx, { claimId, daemonId, runtimeIds, max }),
      )),
    );
  }
  return { tasks };
});

function startingPlace(claimId: string, places: number): number {
  if (places === 0) return 0;
  return createHash("sha256").update(claimId).digest().readUInt32BE(0) % places;
}
