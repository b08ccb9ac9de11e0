import { z } from "zod";
import { BudgetId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { line, pageInput, pageOf, queryFlag, workspacePath } from "../kit/values.ts";
import {
  Budget,
  BudgetChanges,
  BudgetEvent,
  BudgetLimit,
  budgetMeasure,
  BudgetPeriod,
  BudgetPreview,
  BudgetTask,
  NewBudget,
} from "./schemas.ts";

const budgetPath = { ...workspacePath, budgetId: BudgetId };
const settingReasons = [
  "budget.subject_needed",
  "budget.subject_unknown",
  "budget.whole_numbers",
  "budget.too_precise",
  "budget.stop_needs_spend",
] as const;

export const budgets = {
  list: route({
    name: "budgets.list",
    method: "GET",
    path: "/api/w/:workspace/budgets",
    summary: "Budgets that concern the caller, with where they stand; nearest to their limit first",
    access: "member",
    input: z.object({ ...workspacePath, archived: queryFlag.default(false) }),
    output: z.object({ items: z.array(Budget) }),
  }),
  get: route({
    name: "budgets.get",
    method: "GET",
    path: "/api/w/:workspace/budgets/:budgetId",
    summary: "One budget, with where it stands",
    access: "member",
    input: z.object(budgetPath),
    output: Budget,
  }),
  preview: route({
    name: "budgets.preview",
    method: "POST",
    path: "/api/w/:workspace/budgets/preview",
    summary: "What a budget would count today; changes nothing",
    access: "admin",
    input: z.object({ ...workspacePath, ...budgetMeasure }),
    output: BudgetPreview,
    reasons: ["budget.subject_needed", "budget.subject_unknown"],
  }),
  create: route({
    name: "budgets.create",
    method: "POST",
    path: "/api/w/:workspace/budgets",
    summary: "Set a budget; what the books already say counts from the first moment",
    access: "admin",
    input: z.object({ ...workspacePath, ...NewBudget }),
    output: Budget,
    reasons: [...settingReasons, "budget.too_many"],
  }),
  update: route({
    name: "budgets.update",
    method: "PATCH",
    path: "/api/w/:workspace/budgets/:budgetId",
    summary: "Change a budget; what it covers and counts stays",
    access: "admin",
    input: z.object({
      ...budgetPath,
      /** Refuses when somebody has changed it since. */
      revision: z.int().optional(),
      ...BudgetChanges,
    }),
    output: Budget,
    reasons: [...settingReasons, "budget.archived", "budget.revision_changed"],
  }),
  raise: route({
    name: "budgets.raise",
    method: "POST",
    path: "/api/w/:workspace/budgets/:budgetId/raise",
    summary: "Raise a limit, by an amount or to one; what it held goes on at once",
    access: "admin",
    input: z.object({
      ...budgetPath,
      by: BudgetLimit.optional(),
      to: BudgetLimit.optional(),
      note: z.union([z.literal(""), line(500)]).default(""),
    }),
    output: Budget,
    reasons: [...settingReasons, "budget.archived", "budget.not_higher", "budget.by_or_to"],
  }),
  archive: route({
    name: "budgets.archive",
    method: "POST",
    path: "/api/w/:workspace/budgets/:budgetId/archive",
    summary: "End a budget for good; its history stays",
    access: "admin",
    input: z.object(budgetPath),
    output: Budget,
    reasons: ["budget.archived"],
  }),
  periods: route({
    name: "budgets.periods",
    method: "GET",
    path: "/api/w/:workspace/budgets/:budgetId/periods",
    summary: "What was spent in its windows since it was set, newest first",
    access: "member",
    input: z.object({ ...budgetPath, limit: z.coerce.number().int().min(1).max(100).default(12) }),
    output: z.object({ items: z.array(BudgetPeriod) }),
  }),
  history: route({
    name: "budgets.history",
    method: "GET",
    path: "/api/w/:workspace/budgets/:budgetId/history",
    summary: "Who changed it and what it did, newest first",
    access: "member",
    input: z.object({ ...budgetPath, ...pageInput }),
    output: pageOf(BudgetEvent),
  }),
  tasks: route({
    name: "budgets.tasks",
    method: "GET",
    path: "/api/w/:workspace/budgets/:budgetId/tasks",
    summary: "Tasks in its scope that it holds, and those that run; at most 100",
    access: "member",
    input: z.object(budgetPath),
    output: z.object({ items: z.array(BudgetTask) }),
  }),
};
