import { z } from "zod";
import { noticeTypes } from "./words.ts";

export const noticeChanges = {
  /** One person has news; delivered to that person alone. */
  "notice.created": z.object({ type: z.enum(noticeTypes) }),
  "notice.read": z.object({}),
  "webhook.updated": z.object({}),
  "webhook.delivery": z.object({ state: z.enum(["waiting", "delivered", "failed"]) }),
};
