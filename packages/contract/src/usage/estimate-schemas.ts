import { z } from "zod";
import { AgentId } from "../kit/ids.ts";
import { TokenCount, UsdAmount } from "../kit/values.ts";
import { UsageFormat } from "./period.ts";

/** Fewest finished tasks that anything is said from. */
export const estimateTasksNeeded = 8;

/**
 * Why a figure is not estimated. `too_few_tasks`: fewer than needed have finished; `unpriced`: some
 * of them used models without a price; `not_used`: none of them cost anything of this kind.
 */
const estimateReasons = ["too_few_tasks", "unpriced", "not_used"] as const;
export type EstimateReason = (typeof estimateReasons)[number];

/** What the tasks have in common that an estimate is made from. */
const estimateScopes = ["agent", "agent_in_project"] as const;

export const usageEstimateInput = {
  /** Id, or name. */
  agent: z.string().min(1).max(200),
  /** Id of the project in which the task would be; tasks in it go before all tasks of the agent. */
  project: z.uuid().optional(),
  format: UsageFormat.optional(),
};

/**
 * Of the latest tasks, how many would have come out inside of the range that the tasks before each of
 * them gave. Null while there are no tasks with enough before them.
 */
export const EstimateCalibration = z.object({ inside: z.int(), of: z.int().positive() }).nullable();
export type EstimateCalibration = z.infer<typeof EstimateCalibration>;

/** A range of 10th to 90th percentile with its middle, and how such ranges have fared. */
const estimateOf = <Value extends z.ZodType>(value: Value) =>
  z.object({
    /** Null with a reason. */
    usual: z.object({ low: value, median: value, high: value }).nullable(),
    reason: z.enum(estimateReasons).nullable(),
    calibration: EstimateCalibration,
  });

export const CostEstimate = estimateOf(UsdAmount);
export type CostEstimate = z.infer<typeof CostEstimate>;
export const TokensEstimate = estimateOf(TokenCount);
export type TokensEstimate = z.infer<typeof TokensEstimate>;
/** Milliseconds. */
export const RunTimeEstimate = estimateOf(z.int());
export type RunTimeEstimate = z.infer<typeof RunTimeEstimate>;

/** What one task of an agent usually uses, from its own tasks that completed or failed. */
export const UsageEstimateReply = z.object({
  agentId: AgentId,
  agentName: z.string(),
  scope: z.enum(estimateScopes),
  /** Finished tasks that this is made from, the newest ones. */
  tasks: z.int(),
  tasksNeeded: z.int(),
  cost: CostEstimate,
  /** List price of what a subscription covers; never part of the cost. */
  notional: CostEstimate,
  tokens: TokensEstimate,
  runTimeMs: RunTimeEstimate,
});
export type UsageEstimateReply = z.infer<typeof UsageEstimateReply>;
