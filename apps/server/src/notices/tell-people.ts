import type { NoticeId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { sendToWebhook } from "./send-to-webhook.ts";
import { insertNotices, type NewNotice } from "./store.ts";

export type Audience = {
  /** Whom it concerns beside the admins; people who have left are passed over. */
  readonly concerned: readonly (UserId | null)[];
  /** What is said where everybody may read it; null: nothing is. */
  readonly inPublic: NewNotice | null;
};

/** Tells the admins and whom it concerns, and the workspace's webhook. */
export async function tellPeople(
  ctx: WorkspaceContext,
  notice: NewNotice,
  { concerned, inPublic }: Audience,
): Promise<void> {
  const ids = concerned.filter((id) => id !== null);
  const members = await ctx.sql<{ userId: UserId }[]>`
    select user_id from members
    where workspace_id = ${ctx.workspaceId}
      and (role in ('owner', 'admin') or user_id = any(${ids}::uuid[]))
    order by user_id`;
  const recipients = members.map(({ userId }) => ({ id: ctx.newId<NoticeId>(), userId }));
  await insertNotices(ctx, notice, recipients);
  for (const { id, userId } of recipients) {
    ctx.emit({
      type: "notice.created",
      entity: { kind: "notice", id },
      data: { type: notice.type },
      audience: { kind: "members", ids: [userId] },
    });
  }
  if (inPublic !== null) await sendToWebhook(ctx, inPublic);
}
