import { daemon } from "@headcount/contract/daemon/routes";
import type { DaemonIdentity } from "@headcount/contract/daemon/schemas";
import type { UserId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { randomSecret } from "../platform/secrets.ts";
import { machineIdOf } from "../runtimes/machine-id-of.ts";
import { releaseMachine } from "../runtimes/release-machine.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { sane } from "./as-daemon.ts";
import { replaceDaemonToken, upsertDaemon } from "./store.ts";

/**
 * Gives a daemon a token of its own. Enrolling again ends the earlier token, so that a copied
 * identity cannot work beside the new one; other daemons of the same machine give way.
 */
export const enrolDaemon = globalHandler(daemon.enrol, async (ctx, input) => {
  const { principal } = ctx;
  if (principal.kind !== "user") throw new Error("The route is not a person's");
  const token = `hcd_${randomSecret()}`;
  const isOwn = await ctx.transaction(async (tx) => {
    const owned = await upsertDaemon(tx, sane(input), principal.userId, ctx.now);
    if (owned) {
      await replaceDaemonToken(tx, {
        id: ctx.newId(),
        daemonId: input.daemonId,
        secretHash: ctx.services.secrets.hash(token),
        now: ctx.now,
      });
    }
    return owned;
  });
  if (!isOwn) {
    throw new AppError(
      "conflict",
      "This machine identity belongs to somebody else. Remove its state directory and enrol again.",
      { reason: "daemon.owned_by_other" },
    );
  }
  await takeFromOthers(ctx, input, principal.userId);
  const [owner] = await ctx.sql<{ name: string }[]>`
    select name from users where id = ${principal.userId}`;
  return { daemonId: input.daemonId, token, ownerName: owner?.name ?? "" };
});

async function takeFromOthers(
  ctx: GlobalContext,
  identity: DaemonIdentity,
  ownerId: UserId,
): Promise<void> {
  const { daemonId } = identity;
  const machine = { daemonId, machineId: machineIdOf(identity), ownerId };
  const actor = { kind: "daemon", daemonId, userId: ownerId } as const;
  for (const { workspaceId } of await listMyWorkspaceIds(ctx, ownerId)) {
    await ctx.inWorkspace(workspaceId, actor, (workspaceCtx) =>
      releaseMachine(workspaceCtx, machine),
    );
  }
}
