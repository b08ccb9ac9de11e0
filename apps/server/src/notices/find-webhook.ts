import type { WorkspaceContext } from "../platform/context.ts";
import type { WebhookRow } from "./store-webhooks.ts";

/** Where the workspace's notices are sent; null where nobody has said so. */
export async function findWebhook(ctx: WorkspaceContext): Promise<WebhookRow | null> {
  const [row] = await ctx.sql<WebhookRow[]>`
    select url, secret, types, enabled, disabled_reason, failing_since, created_at
    from notice_webhooks where workspace_id = ${ctx.workspaceId}`;
  return row ?? null;
}
