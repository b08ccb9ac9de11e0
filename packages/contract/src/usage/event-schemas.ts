import { z } from "zod";
import { RepricingId, TaskId } from "../kit/ids.ts";
import { Instant, TokenCount, UsdAmount } from "../kit/values.ts";
import { PricePerClass, UsdPerMillion } from "./price-schemas.ts";
import { TokenTotals, UsageCoverage } from "./schemas.ts";

/** Shaped like a UUID, made of a task's id and a digest of the event's key. */
export const UsageEventId = z.guid();
export type UsageEventId = z.infer<typeof UsageEventId>;

/**
 * Why the figure that counts does: it was billed; it is our price of all of the tokens; no price
 * covers all of them, so what the CLI estimated counts; or no cost is known.
 */
export const CostBasis = z.enum(["billed", "priced", "reported_estimate", "unpriced"]);
export type CostBasis = z.infer<typeof CostBasis>;

const tokenClass = z.enum(["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output"]);

/** One product of a price: tokens of a class × their rate = amount. */
export const PriceLine = z.object({
  tokenClass: z.enum([...tokenClass.options, "reasoning"]),
  tokens: TokenCount,
  usdPerMillion: UsdPerMillion.nullable(),
  amountUsd: UsdAmount.nullable(),
  /** The class whose rate is used, because this one has none of its own. */
  rateOf: tokenClass.nullable(),
});
export type PriceLine = z.infer<typeof PriceLine>;

/** A row of the ledger: what an event used inside one quarter of an hour. */
export const UsageEventPart = z.object({
  part: z.int(),
  usedAt: Instant,
  tokens: TokenTotals,
  unpricedTokens: TokenCount,
  /** Null where no price is known. */
  pricedUsd: UsdAmount.nullable(),
  cacheSavedUsd: UsdAmount,
  isEstimate: z.boolean(),
  price: z.object({ identity: z.string(), rates: PricePerClass }).nullable(),
  lines: z.array(PriceLine),
  /** False where the row grew in steps that had different prices; the price stored is the sum of the steps. */
  linesAddUp: z.boolean(),
  countedUsd: UsdAmount.nullable(),
  basis: CostBasis,
});
export type UsageEventPart = z.infer<typeof UsageEventPart>;

/** What an event said before, or how it was priced before. */
export const UsageEventCorrection = z.object({
  at: Instant,
  kind: z.enum(["corrected", "repriced", "repricing_undone"]),
  /** Null where only the price has changed. */
  tokens: TokenTotals.nullable(),
  pricedUsd: UsdAmount.nullable(),
  reportedUsd: UsdAmount.nullable(),
  unpricedTokens: TokenCount,
  repricingId: RepricingId.nullable(),
});
export type UsageEventCorrection = z.infer<typeof UsageEventCorrection>;

const Named = z.object({ id: z.string(), name: z.string().nullable() });

export const UsageEventExplanation = z.object({
  id: UsageEventId,
  taskId: TaskId.nullable(),
  /** Session of the CLI, for usage without a task. */
  sessionId: z.string().nullable(),
  attempt: z.int(),
  issue: Named.nullable(),
  project: Named.nullable(),
  agent: Named.nullable(),
  runtime: Named.nullable(),
  member: Named.nullable(),
  provider: z.string(),
  model: z.string(),
  role: z.string(),
  source: z.string(),
  billingMode: z.enum(["api", "subscription"]),
  /** How much of what it used the CLI can tell. */
  coverage: UsageCoverage,
  /** When it last arrived or changed. */
  receivedAt: Instant,
  /** Whether the figures are totals that grow. */
  cumulative: z.boolean(),
  revision: z.string(),
  tokens: TokenTotals,
  unpricedTokens: TokenCount,
  reported: z.object({ costUsd: UsdAmount, basis: z.enum(["billed", "estimated"]) }).nullable(),
  /** Our price of the tokens that have one; null where none has. */
  pricedUsd: UsdAmount.nullable(),
  cacheSavedUsd: UsdAmount,
  /** The figure that sums use: the sum over the parts. */
  countedUsd: UsdAmount.nullable(),
  /** By quarter of an hour, oldest first. */
  parts: z.array(UsageEventPart),
  corrections: z.array(UsageEventCorrection),
  /** The vendor's own object, where it was kept. */
  raw: z.unknown(),
});
export type UsageEventExplanation = z.infer<typeof UsageEventExplanation>;

/** One model call, or what a running total has grown by at a time. */
export const UsageEventListItem = z.object({
  id: UsageEventId,
  /** Number of the increase under its event, which has one of its own for each. */
  part: z.int(),
  usedAt: Instant,
  provider: z.string(),
  model: z.string(),
  role: z.string(),
  source: z.string(),
  tokens: TokenTotals,
  unpricedTokens: TokenCount,
  countedUsd: UsdAmount.nullable(),
  isEstimate: z.boolean(),
});
export type UsageEventListItem = z.infer<typeof UsageEventListItem>;
