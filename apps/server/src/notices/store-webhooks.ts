import type { WebhookDeliveryId } from "@headcount/contract/kit/ids";
import type { NoticeType } from "@headcount/contract/notices/words";
import type { WorkspaceContext } from "../platform/context.ts";

export type WebhookRow = {
  readonly url: string;
  readonly secret: Buffer;
  readonly types: readonly NoticeType[];
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly createdAt: Date;
};

export async function upsertWebhook(
  ctx: WorkspaceContext,
  webhook: Pick<WebhookRow, "url" | "secret" | "types" | "enabled">,
): Promise<void> {
  const { url, secret, types, enabled } = webhook;
  await ctx.sql`
    insert into notice_webhooks (workspace_id, url, secret, types, enabled, created_at)
    values (${ctx.workspaceId}, ${url}, ${secret}, ${[...types]}::text[], ${enabled}, ${ctx.now})
    on conflict (workspace_id) do update set url = excluded.url, secret = excluded.secret,
      types = excluded.types, enabled = excluded.enabled, disabled_reason = null,
      failing_since = null`;
}

/** @returns false when there was none */
export async function deleteWebhook(ctx: WorkspaceContext): Promise<boolean> {
  const rows = await ctx.sql`
    delete from notice_webhooks where workspace_id = ${ctx.workspaceId} returning url`;
  return rows.length === 1;
}

/** Notes how the address answered: since when it has not, and whether that is for too long. */
export async function setWebhookHealth(
  ctx: WorkspaceContext,
  health: { readonly failingSince: Date | null; readonly disabledReason: string | null },
): Promise<void> {
  await ctx.sql`
    update notice_webhooks set failing_since = ${health.failingSince},
      enabled = enabled and ${health.disabledReason === null},
      disabled_reason = ${health.disabledReason}
    where workspace_id = ${ctx.workspaceId}`;
}

export async function insertDelivery(
  ctx: WorkspaceContext,
  delivery: { readonly type: string; readonly body: unknown },
): Promise<WebhookDeliveryId> {
  const id = ctx.newId<WebhookDeliveryId>();
  await ctx.sql`
    insert into webhook_deliveries (workspace_id, id, type, body, state, created_at, next_try_at)
    values (${ctx.workspaceId}, ${id}, ${delivery.type}, ${ctx.sql.json(delivery.body as never)},
      'waiting', ${ctx.now}, ${ctx.now})`;
  return id;
}

export type DueDelivery = {
  readonly id: WebhookDeliveryId;
  readonly type: string;
  readonly body: unknown;
  readonly tries: number;
};

/** Takes what is due to be sent; whoever dies with it leaves it to others after a while. */
export function takeDueDeliveries(
  ctx: WorkspaceContext,
  take: { readonly most: number; readonly until: Date },
): Promise<DueDelivery[]> {
  return ctx.sql<DueDelivery[]>`
    update webhook_deliveries d set tries = d.tries + 1, next_try_at = ${take.until}
    from (select id from webhook_deliveries
      where workspace_id = ${ctx.workspaceId} and state = 'waiting' and next_try_at <= ${ctx.now}
      order by next_try_at limit ${take.most} for update skip locked) as due
    where d.workspace_id = ${ctx.workspaceId} and d.id = due.id
    returning d.id, d.type, d.body, d.tries`;
}

export type DeliveryResult = {
  readonly state: "waiting" | "delivered" | "failed";
  readonly status: number | null;
  readonly error: string | null;
  readonly nextTryAt: Date | null;
};

export async function setDeliveryResult(
  ctx: WorkspaceContext,
  id: WebhookDeliveryId,
  result: DeliveryResult,
): Promise<void> {
  const deliveredAt = result.state === "delivered" ? ctx.now : null;
  await ctx.sql`
    update webhook_deliveries set state = ${result.state}, status = ${result.status},
      error = ${result.error}, next_try_at = ${result.nextTryAt}, delivered_at = ${deliveredAt}
    where workspace_id = ${ctx.workspaceId} and id = ${id} and state = 'waiting'`;
}

export async function deleteOldDeliveries(ctx: WorkspaceContext, before: Date): Promise<void> {
  await ctx.sql`
    delete from webhook_deliveries
    where workspace_id = ${ctx.workspaceId} and created_at < ${before}`;
}
