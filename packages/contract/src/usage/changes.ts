import { z } from "zod";

export const usageChanges = {
  "usage.booked": z.object({ taskId: z.uuid(), issueId: z.uuid().nullable(), agentId: z.uuid() }),
  "usage.repriced": z.object({}),
  "price.set": z.object({}),
  "price.ended": z.object({}),
};
