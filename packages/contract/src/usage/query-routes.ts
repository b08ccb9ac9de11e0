import { z } from "zod";
import { RuntimeId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant, workspacePath } from "../kit/values.ts";
import { UsageFormat, usagePeriod } from "./period.ts";
import { UsageFailuresReply, usageFailuresInput } from "./failure-schemas.ts";
import { UsageOutcomesReply, usageOutcomesInput } from "./outcome-schemas.ts";
import { usageFilters, usageQueryInput, UsageQueryReply } from "./query-schemas.ts";
import { UsageDay, UsageKeyKind, UsageSummary } from "./schemas.ts";
import { taskSharesInput, TaskSharesReply } from "./task-share-schemas.ts";

/** Usage of one agent, or of what stands in its place. */
const AgentShare = z.object({
  kind: UsageKeyKind,
  agentId: z.string().nullable(),
  name: z.string(),
  tasks: z.int(),
  runTimeMs: z.int(),
  usage: UsageSummary,
});

const HourShare = z.object({
  /** 0–23, by the clock of the asked zone. */
  hour: z.int(),
  tasks: z.int(),
  usage: UsageSummary,
});

const period = (days: number) => ({
  ...workspacePath,
  ...usagePeriod(days),
  format: UsageFormat.optional(),
});

export const usageQueries = {
  query: route({
    name: "usage.query",
    method: "GET",
    path: "/api/w/:workspace/usage/query",
    summary: "Any figure of usage, by up to two groupings, over any range in any zone",
    access: "member",
    input: z.object({ ...workspacePath, ...usageQueryInput }),
    output: UsageQueryReply,
    invalidStatus: 400,
  }),
  tasks: route({
    name: "usage.tasks",
    method: "GET",
    path: "/api/w/:workspace/usage/tasks",
    summary: "The tasks behind any figure of usage, largest first; they sum to the figure",
    access: "member",
    input: z.object({ ...workspacePath, ...taskSharesInput }),
    output: TaskSharesReply,
    invalidStatus: 400,
  }),
  outcomes: route({
    name: "usage.outcomes",
    method: "GET",
    path: "/api/w/:workspace/usage/outcomes",
    summary: "What usage came to: cost, time and attempts per issue done, rework, abandoned, open",
    access: "member",
    input: z.object({ ...workspacePath, ...usageOutcomesInput }),
    output: UsageOutcomesReply,
    invalidStatus: 400,
  }),
  failures: route({
    name: "usage.failures",
    method: "GET",
    path: "/api/w/:workspace/usage/failures",
    summary: "Tasks that failed, by class and reason, with the time and the money that they took",
    access: "member",
    input: z.object({ ...workspacePath, ...usageFailuresInput }),
    output: UsageFailuresReply,
    invalidStatus: 400,
  }),
  byAgent: route({
    name: "usage.by-agent",
    method: "GET",
    path: "/api/w/:workspace/usage/by-agent",
    summary: "Usage, tasks and run time by agent; agents that the caller may not see are one row",
    access: "member",
    input: z.object({ ...period(30), ...usageFilters }),
    output: z.object({
      agents: z.array(AgentShare),
      total: UsageSummary,
      tasks: z.int(),
      asOf: Instant.nullable(),
    }),
    invalidStatus: 400,
  }),
  byHour: route({
    name: "usage.by-hour",
    method: "GET",
    path: "/api/w/:workspace/usage/by-hour",
    summary: "Usage by hour of the day in the asked zone, all 24",
    access: "member",
    input: z.object({ ...period(30), ...usageFilters }),
    output: z.object({
      hours: z.array(HourShare),
      total: UsageSummary,
      asOf: Instant.nullable(),
    }),
    invalidStatus: 400,
  }),
  activity: route({
    name: "usage.activity",
    method: "GET",
    path: "/api/w/:workspace/usage/activity",
    summary: "Usage by weekday and hour of the day in the asked zone, all 168",
    access: "member",
    input: z.object({ ...period(30), ...usageFilters }),
    output: z.object({
      cells: z.array(
        z.object({
          /** 1 is Monday, 7 is Sunday. */
          weekday: z.int(),
          hour: z.int(),
          tasks: z.int(),
          usage: UsageSummary,
        }),
      ),
      total: UsageSummary,
      asOf: Instant.nullable(),
    }),
    invalidStatus: 400,
  }),
  runtime: route({
    name: "usage.runtime",
    method: "GET",
    path: "/api/w/:workspace/runtimes/:runtimeId/usage",
    summary: "What ran on a runtime: per day, by agent and by hour of the day",
    access: "member",
    input: z.object({ ...period(90), runtimeId: RuntimeId }),
    output: z.object({
      days: z.array(UsageDay),
      byAgent: z.array(AgentShare),
      hours: z.array(HourShare),
      total: UsageSummary,
      tasks: z.int(),
      asOf: Instant.nullable(),
    }),
    invalidStatus: 400,
  }),
};
