import { z } from "zod";

const onTask = { issueId: z.uuid(), agentId: z.uuid(), status: z.string() };

export const taskChanges = {
  "task.queued": z.object(onTask),
  "task.dispatched": z.object(onTask),
  "task.waiting": z.object(onTask),
  "task.started": z.object(onTask),
  /** Session pinned, activity line or stall state changed. */
  "task.progress": z.object(onTask),
  "task.ended": z.object({ ...onTask, outcome: z.string().nullable() }),
  "task.superseded": z.object(onTask),
};
