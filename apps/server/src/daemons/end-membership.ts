import type { DaemonId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import { markRuntimes } from "../runtimes/mark-runtimes.ts";
import { cancelTasksOf } from "../tasks/cancel-tasks-of.ts";
import { deleteLiveness } from "./store.ts";

/**
 * What ends with a membership, in the transaction that ends it: the person's machines go offline
 * here and stop what they run here, and work on the person's behalf is cancelled.
 */
export const endWorkOfMember: Reaction<"member.removed"> = async (ctx, change) => {
  // The entity of a member's change is the person.
  const userId = change.entity.id as UserId;
  const runtimes = await ctx.sql<{ id: RuntimeId; daemonId: DaemonId }[]>`
    select id, daemon_id from runtimes
    where workspace_id = ${ctx.workspaceId} and owner_id = ${userId} and removed_at is null
    order by id for update`;
  await cancelTasksOf(ctx, { originatorId: userId }, "member_removed");
  for (const daemonId of new Set(runtimes.map((runtime) => runtime.daemonId))) {
    await cancelTasksOf(ctx, { daemonId }, "member_removed");
    await deleteLiveness(ctx, daemonId);
  }
  const ids = runtimes.map((runtime) => runtime.id);
  await markRuntimes(ctx, ids, "offline");
};
