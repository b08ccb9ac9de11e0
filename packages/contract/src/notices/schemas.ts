import { z } from "zod";
import { NoticeId, WebhookDeliveryId } from "../kit/ids.ts";
import { Instant } from "../kit/values.ts";
import { noticeSeverities, noticeTypes } from "./words.ts";

/** Something that one person is told. */
export const Notice = z.object({
  id: NoticeId,
  type: z.enum(noticeTypes),
  severity: z.enum(noticeSeverities),
  /** What it is about: a budget, a tank, an agent. */
  subject: z.object({ kind: z.enum(["budget", "tank", "agent"]), id: z.uuid().nullable() }),
  /** English; clients translate by `type` and `facts`. */
  title: z.string(),
  body: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  at: Instant,
  readAt: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** Where a workspace's notices are sent; the secret is shown once, when it is made. */
export const NoticeWebhook = z.object({
  url: z.string(),
  types: z.array(z.enum(noticeTypes)),
  enabled: z.boolean(),
  createdAt: Instant,
  /** Why it was switched off by itself; null while it works or when a person did it. */
  disabledReason: z.string().nullable(),
});
export type NoticeWebhook = z.infer<typeof NoticeWebhook>;

export const WebhookDelivery = z.object({
  id: WebhookDeliveryId,
  type: z.enum([...noticeTypes, "test"]),
  state: z.enum(["waiting", "delivered", "failed"]),
  tries: z.int(),
  createdAt: Instant,
  /** Of the next try; null when there is none. */
  nextTryAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  /** HTTP status of the last answer; null when there was none. */
  status: z.int().nullable(),
  /** What went wrong last, one English sentence; null when nothing did. */
  error: z.string().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
