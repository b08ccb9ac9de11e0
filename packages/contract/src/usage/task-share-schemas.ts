import { z } from "zod";
import { AgentId, IssueId, TaskId } from "../kit/ids.ts";
import { Instant } from "../kit/values.ts";
import { TaskOutcome, TaskStatus } from "../tasks/states.ts";
import { UsageFormat } from "./period.ts";
import { UsageFigures, usageFilters, UsageMetrics, usageRange } from "./query-schemas.ts";
import { usageMetrics } from "./query-words.ts";
import { UsageKeyKind } from "./schemas.ts";

/** Metrics that add up over tasks. */
export const taskShareMetrics = usageMetrics.filter((metric) => metric !== "active_agents");

/** The question of a figure, asked for the tasks behind it. */
export const taskSharesInput = {
  metrics: UsageMetrics.refine((list) => !list.includes("active_agents"), {
    error: "active_agents does not add up over tasks; leave it out.",
  }).default(["cost", "tokens", "run_time"]),
  ...usageFilters,
  /** The range of one bucket of a chart is that of the figure drawn there. */
  ...usageRange,
  /** Hour of the day (0–23), by the clock of the zone. */
  hour: z.coerce.number().int().min(0).max(23).optional(),
  /** 1 is Monday, 7 is Sunday, by the calendar of the zone. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  /** A metric, `-` before it has the largest first. Without it the largest of the first metric come first. */
  order: z
    .string()
    .max(40)
    .refine((text) => (taskShareMetrics as readonly string[]).includes(text.replace(/^-/, "")), {
      error: "is no metric that adds up over tasks, with or without a `-` before it.",
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(50),
  cursor: z.string().max(1_000).optional(),
  format: UsageFormat.optional(),
};

/**
 * What one task adds to a figure. `unmanaged` is all sessions that Headcount did not start, `private`
 * all tasks of agents that the caller may not see, `deleted` a task of which only its usage is left.
 */
export const TaskShare = z.object({
  kind: UsageKeyKind.extract(["value", "deleted", "private", "unmanaged"]),
  taskId: TaskId.nullable(),
  issue: z
    .object({ id: IssueId, key: z.string(), title: z.string(), isDeleted: z.boolean() })
    .nullable(),
  agent: z.object({ id: AgentId, name: z.string() }).nullable(),
  /** Whether the caller may read what the task did. */
  isOpen: z.boolean(),
  status: TaskStatus.nullable(),
  outcome: TaskOutcome.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  metrics: UsageFigures,
});
export type TaskShare = z.infer<typeof TaskShare>;

export const TaskSharesReply = z.object({
  items: z.array(TaskShare),
  nextCursor: z.string().nullable(),
  /** Rows on all pages together. */
  rowCount: z.int(),
  /** Over all pages; the same as the totals of `usage.query` for the same question. */
  totals: UsageFigures,
  /** What comes after this page: all pages up to this one and this add up to the totals. */
  rest: UsageFigures,
  metrics: z.array(z.enum(usageMetrics)),
  from: Instant,
  to: Instant,
  tz: z.string(),
  /** Latest use in the range, of whatever filter. */
  asOf: Instant.nullable(),
});
export type TaskSharesReply = z.infer<typeof TaskSharesReply>;
