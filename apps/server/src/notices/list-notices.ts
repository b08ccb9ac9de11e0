import { z } from "zod";
import type { NoticeId, UserId } from "@headcount/contract/kit/ids";
import { notices } from "@headcount/contract/notices/routes";
import type { Notice } from "@headcount/contract/notices/schemas";
import { humanRequired } from "../platform/authorise.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";

const Place = z.object({ id: cursorValue.id });

type NoticeRow = Omit<Notice, "subject" | "at" | "readAt"> & {
  id: NoticeId;
  subjectKind: Notice["subject"]["kind"];
  subjectId: string | null;
  at: Date;
  readAt: Date | null;
};

/** What the caller was told, newest first. */
export const listNotices = query(notices.list, async (ctx, input) => {
  const userId = readerOf(ctx);
  const after = decodeCursor(input.cursor, Place);
  const rows = await ctx.sql<NoticeRow[]>`
    select id, type, severity, subject_kind, subject_id, title, body, facts, at, read_at
    from notices
    where workspace_id = ${ctx.workspaceId} and recipient_id = ${userId}
      ${input.unread ? ctx.sql`and read_at is null` : ctx.sql``}
      ${after ? ctx.sql`and id < ${after.id}` : ctx.sql``}
    order by id desc limit ${input.limit + 1}`;
  const items = rows.slice(0, input.limit).map(toNotice);
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return {
    items,
    nextCursor: hasMore ? encodeCursor({ id: last.id }) : null,
    unread: await countUnread(ctx, userId),
  };
});

/** @throws forbidden for agents, which have no inbox */
export function readerOf(ctx: Pick<WorkspaceContext, "actor">): UserId {
  if (ctx.actor.kind !== "member") throw humanRequired();
  return ctx.actor.userId;
}

export async function countUnread(ctx: WorkspaceContext, userId: UserId): Promise<number> {
  const [row] = await ctx.sql<{ unread: number }[]>`
    select count(*)::int as unread from notices
    where workspace_id = ${ctx.workspaceId} and recipient_id = ${userId} and read_at is null`;
  return row?.unread ?? 0;
}

function toNotice({ subjectKind, subjectId, at, readAt, ...rest }: NoticeRow): Notice {
  return {
    ...rest,
    subject: { kind: subjectKind, id: subjectId },
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
