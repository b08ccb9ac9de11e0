import { z } from "zod";
import { AgentId, TaskId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant, TimeZone, TokenCount, UsdAmount, workspacePath } from "../kit/values.ts";
import { IssuePath } from "../issues/schemas.ts";
import { UsageBreakdown, UsageDay, UsageSummary } from "./schemas.ts";

const period = {
  days: z.coerce.number().int().min(1).max(365).default(30),
  tz: TimeZone.default("UTC"),
};

export const usage = {
  daily: route({
    name: "usage.daily",
    method: "GET",
    path: "/api/w/:workspace/usage/daily",
    summary: "Tokens and cost per calendar day of a zone; `days` whole local days including today",
    access: "member",
    input: z.object({ ...workspacePath, ...period, agentId: AgentId.optional() }),
    output: z.object({ days: z.array(UsageDay), total: UsageSummary, asOf: Instant.nullable() }),
  }),
  summary: route({
    name: "usage.summary",
    method: "GET",
    path: "/api/w/:workspace/usage/summary",
    summary: "Totals of a period by agent and by model; every pivot sums to the same total",
    access: "member",
    input: z.object({ ...workspacePath, ...period }),
    output: z.object({
      total: UsageSummary,
      tasks: z.int(),
      byAgent: z.array(
        z.object({
          agentId: AgentId.nullable(),
          name: z.string(),
          tasks: z.int(),
          usage: UsageSummary,
        }),
      ),
      byModel: UsageBreakdown.shape.byModel,
      unpriced: z.array(z.object({ provider: z.string(), model: z.string(), tokens: TokenCount })),
      asOf: Instant.nullable(),
    }),
  }),
  issue: route({
    name: "usage.issue",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/usage",
    summary: "What an issue has used, in total and per task",
    access: "member",
    input: z.object({ ...workspacePath, issue: IssuePath }),
    output: UsageBreakdown.extend({
      byTask: z.array(
        z.object({ taskId: TaskId, usage: UsageSummary, costUsd: UsdAmount.nullable() }),
      ),
    }),
  }),
  task: route({
    name: "usage.task",
    method: "GET",
    path: "/api/w/:workspace/tasks/:taskId/usage",
    summary: "What a task has used",
    access: "member",
    input: z.object({ ...workspacePath, taskId: TaskId }),
    output: UsageBreakdown,
  }),
  verify: route({
    name: "usage.verify",
    method: "POST",
    path: "/api/w/:workspace/usage/verify",
    summary: "Compare every rollup row with the ledger; changes nothing",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({
      ledgerEvents: z.int(),
      rollupRows: z.int(),
      differences: z.array(
        z.object({ rollup: z.string(), key: z.string(), ledger: z.string(), stored: z.string() }),
      ),
    }),
  }),
};
