import { z } from "zod";
import { AgentId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { line, queryFlag, workspacePath } from "../kit/values.ts";
import { RunawayHold } from "./schemas.ts";

export const runaway = {
  holds: route({
    name: "runaway.holds",
    method: "GET",
    path: "/api/w/:workspace/runaway/holds",
    summary: "Agents that the guard holds; with `lifted` also the last 100 that people let go on",
    access: "member",
    input: z.object({
      ...workspacePath,
      agentId: AgentId.optional(),
      lifted: queryFlag.default(false),
    }),
    output: z.object({ items: z.array(RunawayHold) }),
  }),
  release: route({
    name: "runaway.release",
    method: "POST",
    path: "/api/w/:workspace/agents/:agentId/release",
    summary: "Let a held agent go on; stopped runs continue in their sessions",
    access: "member_human",
    input: z.object({
      ...workspacePath,
      agentId: AgentId,
      note: z.union([z.literal(""), line(500)]).default(""),
    }),
    output: RunawayHold,
    reasons: ["runaway.not_held", "role_required"],
  }),
};
