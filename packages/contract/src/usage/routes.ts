import { z } from "zod";
import { AgentId, TaskId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant, TokenCount, UsdAmount, workspacePath } from "../kit/values.ts";
import { IssuePath } from "../issues/schemas.ts";
import { BooksComparison, booksPart } from "./books-schemas.ts";
import { UsageFormat, usagePeriod } from "./period.ts";
import { UsageBreakdown, UsageDay, UsageKeyKind, UsageSummary } from "./schemas.ts";

const period = { ...usagePeriod(30), format: UsageFormat.optional() };

export const usage = {
  daily: route({
    name: "usage.daily",
    method: "GET",
    path: "/api/w/:workspace/usage/daily",
    summary: "Tokens and cost per calendar day of a zone; `days` whole local days including today",
    access: "member",
    input: z.object({ ...workspacePath, ...period, agentId: AgentId.optional() }),
    output: z.object({ days: z.array(UsageDay), total: UsageSummary, asOf: Instant.nullable() }),
    invalidStatus: 400,
  }),
  summary: route({
    name: "usage.summary",
    method: "GET",
    path: "/api/w/:workspace/usage/summary",
    summary: "Totals of a period by agent and by model; every pivot sums to the same total",
    access: "member",
    input: z.object({ ...workspacePath, ...usagePeriod(30) }),
    output: z.object({
      total: UsageSummary,
      tasks: z.int(),
      byAgent: z.array(
        z.object({
          /** `private` and `unmanaged` have no id. */
          kind: UsageKeyKind,
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
    invalidStatus: 400,
  }),
  issue: route({
    name: "usage.issue",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/usage",
    summary: "What an issue has used, in total and per task",
    access: "member",
    input: z.object({ ...workspacePath, issue: IssuePath, format: UsageFormat.optional() }),
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
    input: z.object({ ...workspacePath, taskId: TaskId, format: UsageFormat.optional() }),
    output: UsageBreakdown,
  }),
  verify: route({
    name: "usage.verify",
    method: "POST",
    path: "/api/w/:workspace/usage/verify",
    summary:
      "Compare with the ledger: all, sums of some days, meters of a month, or budgets; changes nothing",
    access: "admin",
    input: z.object(booksPart),
    output: BooksComparison,
  }),
};
