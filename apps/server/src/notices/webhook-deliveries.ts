import { z } from "zod";
import type { WebhookDeliveryId } from "@headcount/contract/kit/ids";
import { notices } from "@headcount/contract/notices/routes";
import type { WebhookDelivery } from "@headcount/contract/notices/schemas";
import { AppError, notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { findWebhook } from "./find-webhook.ts";
import { wakeSender } from "./send-to-webhook.ts";
import { insertDelivery } from "./store-webhooks.ts";

const Place = z.object({ id: cursorValue.id });

type DeliveryRow = Omit<WebhookDelivery, "createdAt" | "nextTryAt" | "deliveredAt"> & {
  createdAt: Date;
  nextTryAt: Date | null;
  deliveredAt: Date | null;
};

/** What was sent and how it was answered, newest first. */
export const listDeliveries = query(notices.deliveries, async (ctx, input) => {
  const after = decodeCursor(input.cursor, Place);
  const older = after ? ctx.sql`and id < ${after.id}` : ctx.sql``;
  const rows = await readDeliveries(
    ctx,
    ctx.sql`${older} order by id desc limit ${input.limit + 1}`,
  );
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor({ id: last.id }) : null };
});

/** Sends a delivery that says nothing but that it works. */
export const testWebhook = command(notices.testWebhook, (ctx) => {
  const body = { type: "test", at: ctx.now.toISOString(), workspaceId: ctx.workspaceId };
  return sendNow(ctx, { type: "test", body });
});

/** Sends what was sent before once more, as a new delivery. */
export const replayDelivery = command(notices.replay, async (ctx, input) => {
  const [sent] = await ctx.sql<{ type: string; body: unknown }[]>`
    select type, body from webhook_deliveries
    where workspace_id = ${ctx.workspaceId} and id = ${input.deliveryId}`;
  if (!sent) throw notFound("delivery");
  return sendNow(ctx, sent);
});

async function sendNow(
  ctx: WorkspaceContext,
  delivery: { readonly type: string; readonly body: unknown },
): Promise<WebhookDelivery> {
  if (!(await findWebhook(ctx))) {
    throw new AppError("conflict", "Say first where notices are to be sent.", {
      reason: "webhook.not_set",
    });
  }
  const id = await insertDelivery(ctx, delivery);
  emitDelivery(ctx, id, "waiting");
  wakeSender(ctx);
  const [made] = await readDeliveries(ctx, ctx.sql`and id = ${id}`);
  if (!made) throw notFound("delivery");
  return made;
}

export function emitDelivery(
  ctx: WorkspaceContext,
  id: WebhookDeliveryId,
  state: WebhookDelivery["state"],
): void {
  ctx.emit({
    type: "webhook.delivery",
    entity: { kind: "webhook_delivery", id },
    data: { state },
    audience: { kind: "admins" },
  });
}

async function readDeliveries(
  ctx: WorkspaceContext,
  where: ReturnType<WorkspaceContext["sql"]>,
): Promise<WebhookDelivery[]> {
  const rows = await ctx.sql<DeliveryRow[]>`
    select id, type, state, tries, created_at, next_try_at, delivered_at, status, error
    from webhook_deliveries where workspace_id = ${ctx.workspaceId} ${where}`;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  }));
}
