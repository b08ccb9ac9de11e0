import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { nextTryMs, webhookPatienceMs } from "@headcount/domain/notices/webhook-tries";
import type { Services, WorkspaceContext } from "../platform/context.ts";
import { pause } from "../platform/pause.ts";
import type { TransactionRunner } from "../platform/transactions.ts";
import type { WorkspaceDirectory } from "../platform/workspace-directory.ts";
import type { Signals } from "../realtime/signals.ts";
import { findWebhook } from "./find-webhook.ts";
import { type Posted, postDelivery } from "./post-delivery.ts";
import {
  type DueDelivery,
  setDeliveryResult,
  setWebhookHealth,
  takeDueDeliveries,
  type WebhookRow,
} from "./store-webhooks.ts";
import { emitDelivery } from "./webhook-deliveries.ts";

type Parts = {
  readonly runner: TransactionRunner;
  readonly directory: WorkspaceDirectory;
  readonly signals: Signals;
  readonly services: Services;
};

/** Finds what nobody told it about: retries, and deliveries of a process that is gone. */
const everyMs = 30_000;
const mostAtOnce = 5;
/** Longer than a delivery takes. */
const takeoverMs = 60_000;
const noRequest = { ipPrefix: null, userAgent: "" } as const;

/** Sends due deliveries, with no transaction open while the other side answers. */
export function createNoticeSender({ runner, directory, signals, services }: Parts): {
  readonly name: string;
  run(stop: AbortSignal): Promise<void>;
  sendDue(workspaceId: WorkspaceId): Promise<void>;
} {
  const inWorkspace = async <T>(
    workspaceId: WorkspaceId,
    run: (ctx: WorkspaceContext) => Promise<T>,
  ): Promise<T> => {
    const { value } = await runner.inWorkspace({
      workspaceId,
      mode: "write",
      request: noRequest,
      resolveActor: async () => ({ kind: "system", job: "notices.send" }) as const,
      run,
    });
    return value;
  };

  async function sendDue(workspaceId: WorkspaceId): Promise<void> {
    const taken = await inWorkspace(workspaceId, take);
    if (taken === null) return;
    await Promise.all(
      taken.due.map(async (delivery) => {
        const posted = await post(services, taken.webhook, delivery);
        await inWorkspace(workspaceId, (ctx) => note(ctx, delivery, posted));
      }),
    );
    if (taken.due.length === mostAtOnce) await sendDue(workspaceId);
  }

  return {
    name: "notice-sender",
    sendDue,
    async run(stop) {
      const woken = new Set<string>();
      let wake = new AbortController();
      const off = signals.on((signal) => {
        if (signal.topic !== "webhook") return;
        woken.add(signal.workspaceId);
        wake.abort();
      });
      try {
        while (!stop.aborted) {
          const due = woken.size > 0 ? [...woken] : await directory.list();
          woken.clear();
          wake = new AbortController();
          for (const workspaceId of due) {
            await sendDue(workspaceId as WorkspaceId).catch((error: unknown) => {
              services.log.warn({ err: error, workspaceId }, "could not send notices");
            });
          }
          if (woken.size === 0) await pause(everyMs, AbortSignal.any([stop, wake.signal]));
        }
      } finally {
        off();
      }
    },
  };
}

type Taken = { readonly webhook: WebhookRow; readonly due: readonly DueDelivery[] };

async function take(ctx: WorkspaceContext): Promise<Taken | null> {
  const webhook = await findWebhook(ctx);
  if (!webhook?.enabled) return null;
  const until = new Date(ctx.now.getTime() + takeoverMs);
  return { webhook, due: await takeDueDeliveries(ctx, { most: mostAtOnce, until }) };
}

function post(services: Services, webhook: WebhookRow, delivery: DueDelivery): Promise<Posted> {
  return postDelivery({
    url: webhook.url,
    secret: services.secrets.decrypt(webhook.secret),
    deliveryId: delivery.id,
    type: delivery.type,
    body: JSON.stringify({ id: delivery.id, ...(delivery.body as object) }),
    at: services.now(),
    openHosts: services.instance.importHosts,
  });
}

/** Notes the answer; an address that has not answered for days is left alone until a person looks. */
async function note(ctx: WorkspaceContext, delivery: DueDelivery, posted: Posted): Promise<void> {
  const pauseMs = posted.isDelivered ? null : nextTryMs(delivery.tries);
  const retryState = pauseMs === null ? "failed" : "waiting";
  const state = posted.isDelivered ? "delivered" : retryState;
  const nextTryAt = pauseMs === null ? null : new Date(ctx.now.getTime() + pauseMs);
  const { status, error } = posted;
  await setDeliveryResult(ctx, delivery.id, { state, status, error, nextTryAt });
  emitDelivery(ctx, delivery.id, state);
  const webhook = await findWebhook(ctx);
  if (!webhook) return;
  const failingSince = posted.isDelivered ? null : (webhook.failingSince ?? ctx.now);
  const isTooLong =
    failingSince !== null && ctx.now.getTime() - failingSince.getTime() >= webhookPatienceMs;
  const disabledReason = isTooLong ? `Nothing was answered for three days. ${error ?? ""}` : null;
  await setWebhookHealth(ctx, { failingSince, disabledReason });
}
