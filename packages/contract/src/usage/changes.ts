import { z } from "zod";

export const usageChanges = {
  "usage.booked": z.object({ taskId: z.uuid(), issueId: z.uuid().nullable(), agentId: z.uuid() }),
  "usage.imported": z.object({ cli: z.string() }),
  "usage.rebuilt": z.object({}),
  "usage.repriced": z.object({}),
  "price.set": z.object({}),
  "price.ended": z.object({}),
};
