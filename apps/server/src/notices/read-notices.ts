import { notices } from "@headcount/contract/notices/routes";
import { command } from "../platform/command.ts";
import { countUnread, readerOf } from "./list-notices.ts";
import { setNoticesRead } from "./store.ts";

/** Marks the caller's own notices read or unread; those of others are passed over. */
export const readNotices = command(notices.read, async (ctx, input) => {
  const userId = readerOf(ctx);
  const readAt = input.read ? ctx.now : null;
  const changed = await setNoticesRead(ctx, userId, { ids: input.ids ?? null, readAt });
  if (changed > 0) {
    ctx.emit({
      type: "notice.read",
      entity: { kind: "member", id: userId },
      data: {},
      audience: { kind: "members", ids: [userId] },
    });
  }
  return { unread: await countUnread(ctx, userId) };
});
