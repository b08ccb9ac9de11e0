import { z } from "zod";
import { ActorRef } from "../kit/actors.ts";
import { AgentId, BudgetId, IssueId, TaskId, UserId } from "../kit/ids.ts";
import { Instant, line } from "../kit/values.ts";
import { TaskStatus } from "../tasks/states.ts";
import {
  budgetActions,
  budgetScopes,
  budgetStates,
  budgetUnits,
  budgetWindows,
  defaultThresholds,
} from "./words.ts";
import { BudgetWindow } from "./window.ts";

export const BudgetScopeName = z.enum(budgetScopes);
export const BudgetUnitName = z.enum(budgetUnits);
export const BudgetActionName = z.enum(budgetActions);
export const BudgetStateName = z.enum(budgetStates);
export const BudgetWindowName = z.enum(budgetWindows);

/**
 * An amount in the unit of its budget, as a decimal string: `"12.5"` dollars or hours, `"2000000"`
 * tokens. Dollars are exact to 1e-12, hours to 1e-6.
 */
export const BudgetAmount = z.string().regex(/^-?\d{1,18}(\.\d{1,12})?$/);
export type BudgetAmount = z.infer<typeof BudgetAmount>;

/** More than nothing. Tokens and tasks are whole numbers. */
export const BudgetLimit = z.string().regex(/^(?=.*[1-9])\d{1,15}(\.\d{1,12})?$/, {
  error: "is no amount above zero, such as 25 or 12.50.",
});

/** Percentages of the limit at which people are told, ascending. */
export const BudgetThresholds = z
  .array(z.int().min(1).max(1_000))
  .max(10)
  .overwrite((list) => [...new Set(list)].toSorted((a, b) => a - b));

/** The thing or person that a budget is about; null for the whole workspace. */
export const BudgetSubject = z.object({
  id: z.uuid(),
  /** As it is called now, or was when it was deleted: a key and title, a name. */
  name: z.string(),
});

/** Where a budget stands now. */
export const BudgetStatus = z.object({
  state: BudgetStateName,
  /** Start of the window that now is in; null where it has none. */
  windowStartsAt: Instant.nullable(),
  /** When the window ends and what is spent starts anew; null when it never does. */
  resetsAt: Instant.nullable(),
  /** What the books say for the window; for hours, running tasks included. */
  spent: BudgetAmount,
  /** Limit minus spent; negative when it was overshot. */
  remaining: BudgetAmount,
  /** Whole percent of the limit, rounded down. */
  percent: z.int(),
  thresholdsReached: z.array(z.int()),
  /** No task in its scope starts now. */
  holding: z.boolean(),
  /** When the hold ends by itself; null while nothing holds, or when only a person can end it. */
  holdsUntil: Instant.nullable(),
  heldTasks: z.int(),
  runningTasks: z.int(),
});
export type BudgetStatus = z.infer<typeof BudgetStatus>;

export const Budget = z.object({
  id: BudgetId,
  name: z.string(),
  scope: BudgetScopeName,
  subject: BudgetSubject.nullable(),
  unit: BudgetUnitName,
  window: BudgetWindow,
  limit: BudgetAmount,
  thresholds: z.array(z.int()),
  action: BudgetActionName,
  enabled: z.boolean(),
  archivedAt: Instant.nullable(),
  revision: z.int(),
  createdAt: Instant,
  createdBy: UserId.nullable(),
  status: BudgetStatus,
});
export type Budget = z.infer<typeof Budget>;

/** What a budget counts, and over which time. */
export const budgetMeasure = {
  scope: BudgetScopeName,
  /** Project, agent, task or person; an issue also by its key. None for the workspace. */
  subject: z.string().min(1).max(100).nullable().default(null),
  unit: BudgetUnitName.default("billed_usd"),
  window: BudgetWindow.default({ kind: "month", zone: "UTC", resetHour: 0, resetDay: 1 }),
};

export const NewBudget = {
  ...budgetMeasure,
  name: line(80),
  limit: BudgetLimit,
  thresholds: BudgetThresholds.default([...defaultThresholds]),
  action: BudgetActionName.default("hold"),
  enabled: z.boolean().default(true),
};

export const BudgetChanges = {
  name: line(80).optional(),
  limit: BudgetLimit.optional(),
  window: BudgetWindow.optional(),
  thresholds: BudgetThresholds.optional(),
  action: BudgetActionName.optional(),
  enabled: z.boolean().optional(),
};

/** What a budget would show if it existed. */
export const BudgetPreview = z.object({
  subject: BudgetSubject.nullable(),
  windowStartsAt: Instant.nullable(),
  resetsAt: Instant.nullable(),
  spent: BudgetAmount,
  /** The window before, for comparison; null where there is none. */
  spentBefore: BudgetAmount.nullable(),
  queuedTasks: z.int(),
  runningTasks: z.int(),
});
export type BudgetPreview = z.infer<typeof BudgetPreview>;

/** One window of the past, or the present one. */
export const BudgetPeriod = z.object({
  startsAt: Instant,
  endsAt: Instant.nullable(),
  spent: BudgetAmount,
});
export type BudgetPeriod = z.infer<typeof BudgetPeriod>;

export const budgetEventKinds = [
  "created",
  "updated",
  "raised",
  "archived",
  "threshold",
  "exhausted",
  "stopped",
  "lifted",
  "recounted",
] as const;

/** Something that people did to a budget, or that a budget did. */
export const BudgetEvent = z.object({
  id: z.uuid(),
  at: Instant,
  kind: z.enum(budgetEventKinds),
  actor: ActorRef,
  /** Members that changed, before and after, in the words of the API. */
  changed: z.array(z.object({ member: z.string(), before: z.unknown(), after: z.unknown() })),
  /** Threshold reached; null for other kinds. */
  percent: z.int().nullable(),
  spent: BudgetAmount.nullable(),
  limit: BudgetAmount.nullable(),
  /** Tasks that were ended; null for other kinds. */
  tasks: z.int().nullable(),
  /** Why a hold ended; null for other kinds. */
  why: z.enum(["reset", "raised", "corrected", "changed"]).nullable(),
  note: z.string(),
});
export type BudgetEvent = z.infer<typeof BudgetEvent>;

/** A task in the scope of a budget that waits for it or runs. */
export const BudgetTask = z.object({
  taskId: TaskId,
  issueId: IssueId,
  issueKey: z.string(),
  issueTitle: z.string(),
  agentId: AgentId,
  agentName: z.string(),
  status: TaskStatus,
  since: Instant,
  /** True for tasks that this budget keeps from starting. */
  held: z.boolean(),
});
export type BudgetTask = z.infer<typeof BudgetTask>;
