import { z } from "zod";
import { route } from "../kit/route.ts";
import { TimeZone, workspacePath } from "../kit/values.ts";
import { liveSeriesInput, LiveSeriesReply } from "./series-schemas.ts";
import { LiveSnapshot } from "./snapshot-schemas.ts";

export const live = {
  snapshot: route({
    name: "live.snapshot",
    method: "GET",
    path: "/api/w/:workspace/live",
    summary: "What is going on right now: gauges, agents at work, the queue and why it waits",
    access: "member",
    input: z.object({
      ...workspacePath,
      /** Whose midnight begins "today". */
      tz: TimeZone.default("UTC"),
      /** Most rows of each list. */
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: LiveSnapshot,
    invalidStatus: 400,
  }),
  series: route({
    name: "live.series",
    method: "GET",
    path: "/api/w/:workspace/live/series",
    summary: "Figures over any range from a minute to ten years, in at most 1,000 buckets",
    access: "member",
    input: z.object({ ...workspacePath, ...liveSeriesInput }),
    output: LiveSeriesReply,
    invalidStatus: 400,
  }),
};
