import { daemon } from "@headcount/contract/daemon/routes";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import { randomSecret } from "../platform/secrets.ts";
import { sane } from "./as-daemon.ts";
import { replaceDaemonToken, upsertDaemon } from "./store.ts";

/**
 * Gives a machine a token of its own. Enrolling again ends the earlier token, so that a copied
 * machine identity cannot work beside the new one.
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
  const [owner] = await ctx.sql<{ name: string }[]>`
    select name from users where id = ${principal.userId}`;
  return { daemonId: input.daemonId, token, ownerName: owner?.name ?? "" };
});
