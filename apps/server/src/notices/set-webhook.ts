import { randomBytes } from "node:crypto";
import { notices } from "@headcount/contract/notices/routes";
import type { NoticeWebhook } from "@headcount/contract/notices/schemas";
import { AppError, notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { checkedUrl, FetchError } from "../platform/public-request.ts";
import { findWebhook } from "./find-webhook.ts";
import { deleteWebhook, upsertWebhook, type WebhookRow } from "./store-webhooks.ts";

export const getWebhook = query(notices.webhook, async (ctx) => {
  const row = await findWebhook(ctx);
  return { webhook: row && toWebhook(row) };
});

/** Says where notices are sent. The secret is shown here and never again. */
export const setWebhook = command(notices.setWebhook, async (ctx, input) => {
  assertMayAsk(ctx, input.url);
  const before = await findWebhook(ctx);
  const isNew = before === null || input.newSecret;
  const secret = isNew ? `hcs_${randomBytes(32).toString("base64url")}` : null;
  const { url, types, enabled } = input;
  const sealed = secret === null ? before?.secret : ctx.services.secrets.encrypt(secret);
  if (sealed === undefined) throw new Error("A webhook has a secret");
  await upsertWebhook(ctx, { url, types, enabled, secret: sealed });
  emitWebhook(ctx);
  await ctx.audit({ action: "webhook.set", target: ctx.workspaceId, details: { url, enabled } });
  const after = await findWebhook(ctx);
  if (!after) throw notFound("webhook");
  return { webhook: toWebhook(after), secret };
});

export const removeWebhook = command(notices.removeWebhook, async (ctx) => {
  if (!(await deleteWebhook(ctx))) throw notFound("webhook");
  emitWebhook(ctx);
  await ctx.audit({ action: "webhook.removed", target: ctx.workspaceId });
  return {};
});

function assertMayAsk(ctx: WorkspaceContext, url: string): void {
  try {
    checkedUrl(url, ctx.services.instance.importHosts);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new AppError("invalid", error.message, { reason: "webhook.address_refused" });
  }
}

function emitWebhook(ctx: WorkspaceContext): void {
  ctx.emit({
    type: "webhook.updated",
    entity: { kind: "webhook", id: ctx.workspaceId },
    data: {},
    audience: { kind: "admins" },
  });
}

function toWebhook(row: WebhookRow): NoticeWebhook {
  return {
    url: row.url,
    types: [...row.types],
    enabled: row.enabled,
    createdAt: row.createdAt.toISOString(),
    disabledReason: row.disabledReason,
  };
}
