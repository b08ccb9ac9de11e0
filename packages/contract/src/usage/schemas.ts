import { z } from "zod";
import { Instant, TokenCount, UsdAmount } from "../kit/values.ts";

/** Four disjoint token classes; cache writes of 5 minutes and 1 hour are kept apart in the ledger. */
export const TokenTotals = z.object({
  input: TokenCount,
  cacheRead: TokenCount,
  cacheWrite5m: TokenCount,
  cacheWrite1h: TokenCount,
  output: TokenCount,
  /** Informative part of output. */
  reasoning: TokenCount,
  total: TokenCount,
});
export type TokenTotals = z.infer<typeof TokenTotals>;

/** Sums over some part of the ledger. */
export const UsageSummary = z.object({
  tokens: TokenTotals,
  events: z.int(),
  /** Cost of everything that has a price; null when nothing has. */
  costUsd: UsdAmount.nullable(),
  /** Tokens that no price covers. Never counted as $0. */
  unpricedTokens: TokenCount,
});
export type UsageSummary = z.infer<typeof UsageSummary>;

export const UsageByModel = z.object({
  provider: z.string(),
  model: z.string(),
  usage: UsageSummary,
});

/**
 * By how much a CLI's own final total differs from the sum of its stream: final less streamed, all
 * token classes together. The final total is what is booked; the difference is shown, never dropped.
 */
export const UsageDrift = z.object({ model: z.string().max(200), tokens: z.int() });
export type UsageDrift = z.infer<typeof UsageDrift>;

export const UsageCoverage = z.enum(["exact", "partial", "none", "unknown"]);

/** Events for which the provider or the CLI stated a cost of its own, beside our price of the same. */
export const ReportedCost = z.object({
  events: z.int(),
  reportedUsd: UsdAmount,
  pricedUsd: UsdAmount,
});
export type ReportedCost = z.infer<typeof ReportedCost>;

export const UsageBreakdown = z.object({
  total: UsageSummary,
  /** List price of what a subscription paid; never part of the cost. */
  notionalUsd: UsdAmount.nullable(),
  /** What the same prompts would have cost more without a cache; may be negative. */
  cacheSavedUsd: UsdAmount,
  /** Null where nobody stated a cost. The two differ by rounding, discounts, or a price that is wrong. */
  reportedCost: ReportedCost.nullable(),
  byModel: z.array(UsageByModel),
  coverage: UsageCoverage,
  coverageReason: z.string(),
  drift: z.array(UsageDrift),
  /** Latest use that is included. */
  asOf: Instant.nullable(),
});
export type UsageBreakdown = z.infer<typeof UsageBreakdown>;

export const UsageDay = z.object({
  /** Calendar day in the asked zone. */
  date: z.iso.date(),
  usage: UsageSummary,
  tasks: z.int(),
});
export type UsageDay = z.infer<typeof UsageDay>;

/**
 * What a row stands for. `deleted`: something that is gone, with the name it had; `none`: usage that
 * belongs to nothing of that sort; `private`: everything that the caller may not see, together;
 * `unmanaged`: sessions that Headcount did not start; `other`: what the limit left out, together.
 */
export const UsageKeyKind = z.enum(["value", "deleted", "none", "private", "unmanaged", "other"]);
export type UsageKeyKind = z.infer<typeof UsageKeyKind>;
