import { z } from "zod";
import { AgentId, UserId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { queryFlag, text, workspacePath } from "../kit/values.ts";
import { Agent, AgentAccessMode, AgentFields, EnvironmentName, NewAgent } from "./schemas.ts";

const agentPath = { ...workspacePath, agentId: AgentId };

export const agents = {
  list: route({
    name: "agents.list",
    method: "GET",
    path: "/api/w/:workspace/agents",
    summary: "Agents that one may see",
    access: "member",
    input: z.object({ ...workspacePath, archived: queryFlag.optional() }),
    output: z.object({ items: z.array(Agent) }),
  }),
  create: route({
    name: "agents.create",
    method: "POST",
    path: "/api/w/:workspace/agents",
    summary: "Create an agent",
    access: "member",
    input: z.object({ ...workspacePath, ...NewAgent.shape }),
    output: Agent,
    reasons: ["name_taken", "runtime_not_shared"],
  }),
  get: route({
    name: "agents.get",
    method: "GET",
    path: "/api/w/:workspace/agents/:agentId",
    summary: "One agent",
    access: "member",
    input: z.object(agentPath),
    output: Agent,
  }),
  update: route({
    name: "agents.update",
    method: "PATCH",
    path: "/api/w/:workspace/agents/:agentId",
    summary: "Change an agent; affects tasks claimed afterwards",
    access: "member",
    input: z.object({
      ...agentPath,
      ...AgentFields.partial().shape,
      expectedRevision: z.int().optional(),
    }),
    output: Agent,
    reasons: ["name_taken", "role_required", "runtime_not_shared", "revision_conflict"],
  }),
  setAccess: route({
    name: "agents.set-access",
    method: "PUT",
    path: "/api/w/:workspace/agents/:agentId/access",
    summary: "Who may give this agent work; its owner decides",
    access: "member_human",
    input: z.object({
      ...agentPath,
      access: AgentAccessMode,
      allowedMemberIds: z.array(UserId).max(200).default([]),
    }),
    output: Agent,
    reasons: ["role_required"],
  }),
  archive: route({
    name: "agents.archive",
    method: "POST",
    path: "/api/w/:workspace/agents/:agentId/archive",
    summary: "Hide an agent and cancel its unfinished tasks",
    access: "member_human",
    input: z.object(agentPath),
    output: Agent,
    reasons: ["role_required"],
  }),
  restore: route({
    name: "agents.restore",
    method: "POST",
    path: "/api/w/:workspace/agents/:agentId/restore",
    summary: "Bring an archived agent back, without its tasks",
    access: "member_human",
    input: z.object(agentPath),
    output: Agent,
    reasons: ["role_required", "name_taken"],
  }),
  getEnvironment: route({
    name: "agents.get-environment",
    method: "GET",
    path: "/api/w/:workspace/agents/:agentId/env",
    summary: "Values of the agent's environment; audited",
    access: "member_human",
    input: z.object(agentPath),
    output: z.object({ variables: z.record(z.string(), z.string()) }),
    reasons: ["role_required"],
  }),
  setEnvironment: route({
    name: "agents.set-environment",
    method: "PUT",
    path: "/api/w/:workspace/agents/:agentId/env",
    summary: "Replace the agent's environment; the value **** keeps the stored one",
    access: "member_human",
    input: z.object({ ...agentPath, variables: z.record(EnvironmentName, text(32_768)) }),
    output: z.object({ environmentKeys: z.array(z.string()), skipped: z.array(z.string()) }),
    reasons: ["role_required"],
  }),
};
