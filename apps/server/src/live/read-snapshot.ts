import { live } from "@headcount/contract/live/routes";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { waitingQuery } from "../platform/command.ts";
import { liveLooks } from "./live-looks.ts";

/**
 * What is going on right now, in one snapshot: the figures, the lists and the gauges fit each other.
 * A team that has the page open is told of each change at once, so its looks are done together.
 */
export const readLiveSnapshot = waitingQuery(live.snapshot, async (ctx, { tz, limit }) => {
  const look = { actor: ctx.actor, zone: canonicalZone(tz), limit };
  const [reply] = await ctx.together(liveLooks, ctx.workspaceId, [look]);
  if (!reply) throw new Error("Every look is answered");
  return reply;
});
