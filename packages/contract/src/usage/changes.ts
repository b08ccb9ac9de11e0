import { z } from "zod";
import { Instant } from "../kit/values.ts";

export const usageChanges = {
  /** The ids are null where the agent is hidden from whoever is told: its usage is in sums all the same. */
  "usage.booked": z.object({
    taskId: z.uuid().nullable(),
    issueId: z.uuid().nullable(),
    agentId: z.uuid().nullable(),
    /** No figure of a time before this one has changed. */
    usedFrom: Instant,
  }),
  "usage.imported": z.object({ cli: z.string() }),
  "usage.rebuilt": z.object({}),
  "usage.repriced": z.object({}),
  "price.set": z.object({}),
  "price.ended": z.object({}),
};
