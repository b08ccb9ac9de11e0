import type { UserId } from "@headcount/contract/kit/ids";
import { changes } from "@headcount/contract/realtime/routes";
import { AppError } from "../platform/app-error.ts";
import { waitingQuery, type WaitingContext } from "../platform/command.ts";
import { effectiveUserId } from "../platform/context.ts";

/** Signals between processes may be lost, so a waiting poller looks again this often. */
const recheckMs = 2_000;

export const pollChanges = waitingQuery(changes.poll, async (ctx, input) => {
  const userId = viewerOf(ctx);
  const deadline = Date.now() + input.wait * 1_000;
  for (;;) {
    const page = await ctx.feed.read(ctx.workspaceId, input.after, userId);
    const leftMs = deadline - Date.now();
    const hasNews = page.items.length > 0 || page.snapshotRequired !== null || page.remaining > 0;
    if (hasNews || leftMs <= 0) return { ...page, items: [...page.items] };
    await ctx.feed.waitForChange(ctx.workspaceId, Math.min(leftMs, recheckMs));
  }
});

export const readCursor = waitingQuery(changes.cursor, async (ctx) => {
  const page = await ctx.feed.read(ctx.workspaceId, 0, viewerOf(ctx));
  return { cursor: page.to + page.remaining };
});

function viewerOf(ctx: WaitingContext): UserId {
  const userId = effectiveUserId(ctx.actor);
  if (userId) return userId;
  throw new AppError("forbidden", "Nobody is known for whom changes could be read.", {
    reason: "originator_unknown",
  });
}
