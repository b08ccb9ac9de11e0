import type { WorkspaceContext } from "../platform/context.ts";
import { findWebhook } from "./find-webhook.ts";
import { insertDelivery } from "./store-webhooks.ts";
import type { NewNotice } from "./store.ts";

/** Leaves a notice to be sent, if the workspace wants this type of it. */
export async function sendToWebhook(ctx: WorkspaceContext, notice: NewNotice): Promise<void> {
  const webhook = await findWebhook(ctx);
  if (!webhook?.enabled || !webhook.types.includes(notice.type)) return;
  const { type, severity, subject, title, body, facts } = notice;
  const at = ctx.now.toISOString();
  await insertDelivery(ctx, {
    type,
    body: { type, at, workspaceId: ctx.workspaceId, severity, subject, title, body, facts },
  });
  wakeSender(ctx);
}

/** Tells the sender, once the transaction has committed, that something is due. */
export function wakeSender({ services, workspaceId, afterCommit }: WorkspaceContext): void {
  afterCommit(() => services.signal({ topic: "webhook", workspaceId }));
}
