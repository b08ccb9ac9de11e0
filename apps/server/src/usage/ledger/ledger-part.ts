import type { LedgerRow } from "@headcount/domain/usage/apply-usage";
import { chooseCost } from "@headcount/domain/usage/choose-cost";
import {
  addTokens,
  type TokenCounts,
  totalTokens,
  zeroTokens,
} from "@headcount/domain/usage/token-counts";
import type { MeterDimensions } from "./meter.ts";

/** One row of the ledger: what an event used in one place of time. */
export type LedgerPart = {
  /** Number of the row under its event; it stays when others come or go. */
  readonly part: number;
  readonly bucketAt: Date;
  readonly usedAt: Date;
  readonly tokens: TokenCounts;
  readonly pricedPico: bigint;
  /** What the cache has saved of the price, pico-dollars; negative when writing it cost more. */
  readonly cacheSavedPico: bigint;
  readonly unpricedTokens: bigint;
  readonly reportedPico: bigint | null;
  readonly reportedBasis: "billed" | "estimated" | null;
  readonly price: AppliedPrice | null;
  readonly isEstimate: boolean;
  readonly raw: unknown;
};

/** The price that was in force: its identity, and the rates as they are kept with it. */
export type AppliedPrice = { readonly identity: string; readonly rates: unknown };

/** Everything that stands under one event key. */
export type LedgerEvent = {
  readonly id: string;
  readonly meter: MeterDimensions;
  readonly cumulative: boolean;
  readonly revision: bigint;
  /** Oldest first; never empty. */
  readonly parts: readonly LedgerPart[];
  /** Rows before these, which were left unread because nothing touches them; null when there are none. */
  readonly earlier: EarlierParts | null;
};

/** What rows that were not read come to. */
export type EarlierParts = Pick<
  LedgerPart,
  "tokens" | "pricedPico" | "unpricedTokens" | "reportedPico"
> & {
  readonly count: number;
  readonly revision: bigint;
  /** The largest of their numbers. */
  readonly lastPart: number;
};

/** Providers that a CLI does not name are stored under this name. */
export const unknownProvider = "unknown";

/** The event as a whole, as the rules of the ledger see it. */
export function wholeOf(event: LedgerEvent): LedgerRow {
  const { meter, cumulative, revision, parts } = event;
  const sums = event.earlier === null ? parts : [event.earlier, ...parts];
  const reported = sums.flatMap((part) => part.reportedPico ?? []);
  return {
    provider: meter.provider === unknownProvider ? null : meter.provider,
    model: meter.model,
    source: meter.source,
    cumulative,
    revision,
    tokens: sums.reduce((sum, part) => addTokens(sum, part.tokens), zeroTokens),
    pricedPico: sums.reduce((sum, part) => sum + part.pricedPico, 0n),
    unpricedTokens: sums.reduce((sum, part) => sum + part.unpricedTokens, 0n),
    reportedPico: reported.length === 0 ? null : reported.reduce((a, b) => a + b, 0n),
    reportedBasis: parts.at(-1)?.reportedBasis ?? null,
  };
}

/** What a row of the ledger adds to every sum. */
export type Contribution = {
  readonly events: bigint;
  readonly tokens: TokenCounts;
  /** The cost that counts, of usage that is billed by the token, pico-dollars. */
  readonly costPico: bigint;
  /** The same at list price, of usage that a subscription covers. */
  readonly notionalPico: bigint;
  readonly cacheSavedPico: bigint;
  /** Rows whose cost is known. */
  readonly pricedEvents: bigint;
  readonly unpricedTokens: bigint;
};

type CostFigures = Pick<
  LedgerPart,
  "tokens" | "pricedPico" | "unpricedTokens" | "reportedPico" | "reportedBasis"
>;

/** The cost of a row that counts; null when nothing is known about it. */
export function countedPico(part: CostFigures): bigint | null {
  const cost = chooseCost(part);
  const isEmpty = part.reportedPico === null && totalTokens(part.tokens) === 0n;
  return cost.basis === "unpriced" || isEmpty ? null : cost.countedPico;
}

export function contributionOf(
  part: LedgerPart,
  billingMode: MeterDimensions["billingMode"],
): Contribution {
  const cost = countedPico(part);
  return {
    events: 1n,
    tokens: part.tokens,
    costPico: billingMode === "api" ? (cost ?? 0n) : 0n,
    notionalPico: billingMode === "subscription" ? (cost ?? 0n) : 0n,
    cacheSavedPico: part.cacheSavedPico,
    pricedEvents: cost === null ? 0n : 1n,
    unpricedTokens: chooseCost(part).unpricedTokens,
  };
}
