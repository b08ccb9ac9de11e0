import { z } from "zod";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { UsageEstimateReply, usageEstimateInput } from "./estimate-schemas.ts";
import { UsageForecastReply, usageForecastInput } from "./forecast-schemas.ts";

export const usageForecasts = {
  forecast: route({
    name: "usage.forecast",
    method: "GET",
    path: "/api/w/:workspace/usage/forecast",
    summary: "What this month comes to by its end, with a range, and how far off past months were",
    access: "member",
    input: z.object({ ...workspacePath, ...usageForecastInput }),
    output: UsageForecastReply,
    invalidStatus: 400,
  }),
  estimate: route({
    name: "usage.estimate",
    method: "GET",
    path: "/api/w/:workspace/usage/estimate",
    summary:
      "What a task of an agent usually uses, from its own tasks, and how often that was right",
    access: "member",
    input: z.object({ ...workspacePath, ...usageEstimateInput }),
    output: UsageEstimateReply,
    invalidStatus: 400,
  }),
};
