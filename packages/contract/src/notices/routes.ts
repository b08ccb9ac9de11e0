import { z } from "zod";
import { NoticeId, WebhookDeliveryId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { pageInput, pageOf, queryFlag, workspacePath } from "../kit/values.ts";
import { Notice, NoticeWebhook, WebhookDelivery } from "./schemas.ts";
import { noticeTypes } from "./words.ts";

export const notices = {
  list: route({
    name: "notices.list",
    method: "GET",
    path: "/api/w/:workspace/notices",
    summary: "What the caller was told, newest first",
    access: "member_human",
    input: z.object({ ...workspacePath, unread: queryFlag.default(false), ...pageInput }),
    output: pageOf(Notice).extend({ unread: z.int() }),
  }),
  read: route({
    name: "notices.read",
    method: "POST",
    path: "/api/w/:workspace/notices/read",
    summary: "Mark notices read, or unread again; all of them when none is named",
    access: "member_human",
    input: z.object({
      ...workspacePath,
      ids: z.array(NoticeId).max(200).optional(),
      read: z.boolean().default(true),
    }),
    output: z.object({ unread: z.int() }),
  }),
  webhook: route({
    name: "notices.webhook",
    method: "GET",
    path: "/api/w/:workspace/notices/webhook",
    summary: "Where notices of the workspace are sent",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({ webhook: NoticeWebhook.nullable() }),
  }),
  setWebhook: route({
    name: "notices.set-webhook",
    method: "PUT",
    path: "/api/w/:workspace/notices/webhook",
    summary: "Send notices to an address; answers with a new secret when there is none yet",
    access: "admin",
    input: z.object({
      ...workspacePath,
      url: z.url({ protocol: /^https?$/ }).max(2_000),
      types: z
        .array(z.enum(noticeTypes))
        .max(50)
        .default([...noticeTypes]),
      enabled: z.boolean().default(true),
      newSecret: z.boolean().default(false),
    }),
    output: z.object({ webhook: NoticeWebhook, secret: z.string().nullable() }),
    reasons: ["webhook.address_refused"],
  }),
  removeWebhook: route({
    name: "notices.remove-webhook",
    method: "DELETE",
    path: "/api/w/:workspace/notices/webhook",
    summary: "Send notices nowhere any more",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({}),
  }),
  testWebhook: route({
    name: "notices.test-webhook",
    method: "POST",
    path: "/api/w/:workspace/notices/webhook/test",
    summary: "Send a delivery that says nothing but that it works",
    access: "admin",
    input: z.object(workspacePath),
    output: WebhookDelivery,
    reasons: ["webhook.not_set"],
  }),
  deliveries: route({
    name: "notices.deliveries",
    method: "GET",
    path: "/api/w/:workspace/notices/webhook/deliveries",
    summary: "What was sent in the last 30 days, and how it was answered; newest first",
    access: "admin",
    input: z.object({ ...workspacePath, ...pageInput }),
    output: pageOf(WebhookDelivery),
  }),
  replay: route({
    name: "notices.replay-delivery",
    method: "POST",
    path: "/api/w/:workspace/notices/webhook/deliveries/:deliveryId/replay",
    summary: "Send a delivery again, as a new one",
    access: "admin",
    input: z.object({ ...workspacePath, deliveryId: WebhookDeliveryId }),
    output: WebhookDelivery,
    reasons: ["webhook.not_set"],
  }),
};
