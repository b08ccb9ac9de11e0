import { z } from "zod";
import { AgentId, RuntimeId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { line, workspacePath } from "../kit/values.ts";
import { Runtime, RuntimeSharing } from "./schemas.ts";

const runtimePath = { ...workspacePath, runtimeId: RuntimeId };

export const runtimes = {
  list: route({
    name: "runtimes.list",
    method: "GET",
    path: "/api/w/:workspace/runtimes",
    summary: "Runtimes one may see: own and shared ones, all for admins",
    access: "member",
    input: z.object({
      ...workspacePath,
      owner: z.union([z.literal("me"), z.literal("all"), z.uuid()]).default("all"),
    }),
    output: z.object({ items: z.array(Runtime) }),
  }),
  get: route({
    name: "runtimes.get",
    method: "GET",
    path: "/api/w/:workspace/runtimes/:runtimeId",
    summary: "One runtime",
    access: "member",
    input: z.object(runtimePath),
    output: Runtime,
  }),
  update: route({
    name: "runtimes.update",
    method: "PATCH",
    path: "/api/w/:workspace/runtimes/:runtimeId",
    summary: "Rename or share a runtime; only its owner shares",
    access: "member_human",
    input: z.object({
      ...runtimePath,
      customName: line(100).nullable().optional(),
      sharing: RuntimeSharing.optional(),
    }),
    output: Runtime,
    reasons: ["role_required"],
  }),
  inspect: route({
    name: "runtimes.inspect",
    method: "POST",
    path: "/api/w/:workspace/runtimes/:runtimeId/inspect",
    summary: "Have the machine ask its program anew for models and account; the answer comes later",
    access: "member",
    input: z.object(runtimePath),
    output: Runtime,
    reasons: ["runtime.offline"],
  }),
  repoint: route({
    name: "runtimes.repoint",
    method: "POST",
    path: "/api/w/:workspace/runtimes/:runtimeId/repoint",
    summary:
      "Move everything of a runtime that is not online to another one of the same CLI: its agents, its tasks and what they have used",
    access: "member_human",
    input: z.object({ ...runtimePath, toRuntimeId: RuntimeId }),
    output: z.object({ movedAgents: z.int(), movedTasks: z.int() }),
    reasons: [
      "role_required",
      "runtime.online",
      "runtime.same",
      "runtime.other_cli",
      "runtime_not_shared",
    ],
  }),
  delete: route({
    name: "runtimes.delete",
    method: "DELETE",
    path: "/api/w/:workspace/runtimes/:runtimeId",
    summary: "Forget a runtime that no active agent uses",
    access: "member_human",
    input: z.object(runtimePath),
    output: z.object({}),
    reasons: ["in_use", "role_required"],
  }),
  removeAndDelete: route({
    name: "runtimes.remove-and-delete",
    method: "POST",
    path: "/api/w/:workspace/runtimes/:runtimeId/remove-and-delete",
    summary:
      "Take a runtime away from exactly these agents, cancel their tasks on it, and forget it",
    access: "member_human",
    input: z.object({ ...runtimePath, agentIds: z.array(AgentId).max(500) }),
    output: z.object({ unboundAgents: z.int(), cancelledTasks: z.int() }),
    reasons: ["in_use", "role_required"],
  }),
};
