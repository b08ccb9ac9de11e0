import { z } from "zod";
import { Instant, TokenCount, UsdAmount } from "../kit/values.ts";
import { UsageFormat } from "./period.ts";
import { usageFilters, UsageKey, usageRange } from "./query-schemas.ts";

/**
 * What has come of usage so far. `done`: work on issues that are done, until they first were;
 * `rework`: work on issues that began after they had first been done; `abandoned`: work on issues
 * that were cancelled, or deleted before they were done; `open`: work on issues without an outcome
 * yet; `outside`: usage that belongs to no issue.
 */
export const spendOutcomes = ["done", "rework", "abandoned", "open", "outside"] as const;
export type SpendOutcome = (typeof spendOutcomes)[number];

/** What outcomes can be told apart by. */
export const outcomeGroupings = [
  "agent",
  "project",
  "runtime",
  "member",
  "provider",
  "model",
] as const;
export type OutcomeGrouping = (typeof outcomeGroupings)[number];

export const usageOutcomesInput = {
  group_by: z.enum(outcomeGroupings).optional(),
  ...usageFilters,
  ...usageRange,
  format: UsageFormat.optional(),
};

/** Usage of some part of the books, and the tasks that ended with it. */
export const Spend = z.object({
  /** Null where something was used and none of it has a price. */
  costUsd: UsdAmount.nullable(),
  /** List price of what a subscription pays; never part of the cost. */
  notionalUsd: UsdAmount.nullable(),
  tokens: TokenCount,
  unpricedTokens: TokenCount,
  runTimeMs: z.int(),
  /** Tasks that ended. */
  tasks: z.int(),
});
export type Spend = z.infer<typeof Spend>;

/** What one of several things took: money, tokens and times rounded down to their unit. */
export const SpendShare = z.object({
  costUsd: UsdAmount.nullable(),
  notionalUsd: UsdAmount.nullable(),
  tokens: TokenCount,
  runTimeMs: z.int(),
  /** To two places. */
  attempts: z.number(),
});
export type SpendShare = z.infer<typeof SpendShare>;

/**
 * Issues that were first done in the range and still are, with all that was used on them until then,
 * also before the range. One that several agents or models worked on counts for each of them, and
 * once in the total.
 */
export const IssuesDone = z.object({
  count: z.int(),
  /** All that was used on them; `tasks` are their attempts: tasks that had started until they were done. */
  whole: Spend,
  /** Null without an issue done. */
  perIssue: SpendShare.nullable(),
});
export type IssuesDone = z.infer<typeof IssuesDone>;

/**
 * Pull requests that were merged in the range and are linked to issues on which agents have worked,
 * with what was used for them, also before the range. Work on an issue belongs to the first of its
 * pull requests that was merged after it began, so nothing is counted for two of them. One that
 * several agents or models worked for counts for each of them, and once in the total.
 */
export const PullRequestsMerged = z.object({
  count: z.int(),
  /** All that was used for them; `tasks` are attempts: tasks that had started. */
  whole: Spend,
  /** Null without a merged pull request. */
  perPullRequest: SpendShare.nullable(),
});
export type PullRequestsMerged = z.infer<typeof PullRequestsMerged>;

export const OutcomeSplit = z.object({
  /** Everything in the range that fits the filters: the sum of `byOutcome`. */
  spend: Spend,
  byOutcome: z.record(z.enum(spendOutcomes), Spend),
  issuesDone: IssuesDone,
  pullRequestsMerged: PullRequestsMerged,
});
export type OutcomeSplit = z.infer<typeof OutcomeSplit>;

export const UsageOutcomesReply = z.object({
  total: OutcomeSplit,
  /** The one with the highest cost first; their spend adds up to the total's. Empty without a grouping. */
  rows: z.array(OutcomeSplit.extend({ key: UsageKey })),
  groupBy: z.enum(outcomeGroupings).nullable(),
  from: Instant,
  to: Instant,
  tz: z.string(),
  /** Latest use in the range, of whatever filter. */
  asOf: Instant.nullable(),
});
export type UsageOutcomesReply = z.infer<typeof UsageOutcomesReply>;
