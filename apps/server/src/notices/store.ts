import type { NoticeId, UserId } from "@headcount/contract/kit/ids";
import type { Notice } from "@headcount/contract/notices/schemas";
import type { NoticeText } from "@headcount/domain/notices/describe-notice";
import type { WorkspaceContext } from "../platform/context.ts";

export type NewNotice = NoticeText & { readonly subject: Notice["subject"] };

/** One row per person. */
export async function insertNotices(
  ctx: WorkspaceContext,
  notice: NewNotice,
  recipients: readonly { readonly id: NoticeId; readonly userId: UserId }[],
): Promise<void> {
  const { type, severity, subject, title, body } = notice;
  await ctx.sql`
    insert into notices (workspace_id, id, recipient_id, type, severity, subject_kind, subject_id,
      title, body, facts, at)
    select ${ctx.workspaceId}, person.id, person.user_id, ${type}, ${severity}, ${subject.kind},
      ${subject.id}, ${title}, ${body}, ${ctx.sql.json(notice.facts as never)}, ${ctx.now}
    from unnest(${recipients.map((one) => one.id)}::uuid[],
      ${recipients.map((one) => one.userId)}::uuid[]) as person(id, user_id)`;
}

/** @param ids all of them when not stated @returns how many have changed */
export async function setNoticesRead(
  ctx: WorkspaceContext,
  recipientId: UserId,
  change: { readonly ids: readonly NoticeId[] | null; readonly readAt: Date | null },
): Promise<number> {
  const chosen =
    change.ids === null ? ctx.sql`true` : ctx.sql`id = any(${[...change.ids]}::uuid[])`;
  const rows = await ctx.sql`
    update notices set read_at = ${change.readAt}
    where workspace_id = ${ctx.workspaceId} and recipient_id = ${recipientId} and ${chosen}
      and (read_at is null) <> (${change.readAt}::timestamptz is null)
    returning id`;
  return rows.length;
}

export async function deleteOldNotices(ctx: WorkspaceContext, before: Date): Promise<void> {
  await ctx.sql`delete from notices where workspace_id = ${ctx.workspaceId} and at < ${before}`;
}
