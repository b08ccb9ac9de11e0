import { z } from "zod";
import { TaskId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { pageInput, pageOf, workspacePath } from "../kit/values.ts";
import { UsageEventExplanation, UsageEventListItem } from "./event-schemas.ts";

export const usageEvents = {
  explain: route({
    name: "usage.explain",
    method: "GET",
    path: "/api/w/:workspace/usage/events/:event",
    summary:
      "One event with everything behind its cost: tokens, rates, the sum, and which figure counts",
    access: "member",
    input: z.object({
      ...workspacePath,
      /** Id of the event, or its key. */
      event: z.string().min(1).max(1_000),
    }),
    output: UsageEventExplanation,
  }),
  ofTask: route({
    name: "usage.events",
    method: "GET",
    path: "/api/w/:workspace/tasks/:taskId/usage/events",
    summary: "Every event of a task, and every increase of a running total, in the order of use",
    access: "member",
    input: z.object({ ...workspacePath, taskId: TaskId, ...pageInput }),
    output: pageOf(UsageEventListItem),
  }),
};
