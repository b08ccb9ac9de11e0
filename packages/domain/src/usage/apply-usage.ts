import { chooseCost } from "./choose-cost.ts";
import {
  mapTokens,
  subtractTokens,
  tokenClasses,
  type TokenCounts,
  totalTokens,
  zeroTokens,
} from "./token-counts.ts";

/** The figures that the ledger keeps under one event key. */
export type LedgerRow = {
  readonly provider: string | null;
  readonly model: string;
  readonly source: string;
  readonly cumulative: boolean;
  readonly revision: bigint;
  readonly tokens: TokenCounts;
  readonly pricedPico: bigint;
  /** Tokens of this row that no price covers. */
  readonly unpricedTokens: bigint;
  readonly reportedPico: bigint | null;
  readonly reportedBasis: "billed" | "estimated" | null;
};

/** An incoming record; the ledger finds its price. */
export type IncomingUsage = Omit<LedgerRow, "pricedPico" | "unpricedTokens">;

/** Price of some tokens of the incoming record at its time of use, pico-dollars; null without a price. */
export type PriceTokens = (tokens: TokenCounts) => bigint | null;

/** What every sum over the ledger changes by. Negative only for corrections. */
export type UsageDelta = {
  /** 1 for a new row, else 0. */
  readonly events: 0 | 1;
  readonly tokens: TokenCounts;
  /** Change of the cost that counts, pico-dollars. */
  readonly costPico: bigint;
  readonly unpricedTokens: bigint;
};

export type AppliedUsage =
  | { readonly result: "stored"; readonly row: LedgerRow; readonly delta: UsageDelta }
  | {
      readonly result: "corrected";
      /** An increase continues a running total; a correction replaces `previous`, which is kept. */
      readonly kind: "increase" | "correction";
      readonly row: LedgerRow;
      readonly previous: LedgerRow;
      readonly delta: UsageDelta;
    }
  | { readonly result: "duplicate" }
  | { readonly result: "rejected"; readonly reason: "key_of_other_source" | "values_conflict" };

/**
 * Applies one record to what its event key already holds. Repeating or reordering records never
 * changes where the ledger ends: totals only grow, and only a higher revision corrects.
 */
export function applyUsage(
  stored: LedgerRow | null,
  incoming: IncomingUsage,
  price: PriceTokens,
): AppliedUsage {
  if (stored === null) return store(incoming, price);
  if (!sameOrigin(stored, incoming)) return { result: "rejected", reason: "key_of_other_source" };
  if (incoming.revision < stored.revision) return { result: "duplicate" };
  if (incoming.revision > stored.revision && !continues(stored, incoming)) {
    return correct(stored, incoming, price);
  }
  if (incoming.cumulative) return grow(stored, incoming, price);
  if (sameValues(stored, incoming)) return { result: "duplicate" };
  return { result: "rejected", reason: "values_conflict" };
}

function store(incoming: IncomingUsage, price: PriceTokens): AppliedUsage {
  const row = { ...incoming, ...priced(incoming.tokens, price) };
  return { result: "stored", row, delta: { ...difference(null, row), events: 1 } };
}

/** Replaces the figures; the new ones are priced as a whole. */
function correct(stored: LedgerRow, incoming: IncomingUsage, price: PriceTokens): AppliedUsage {
  const row = { ...incoming, ...priced(incoming.tokens, price) };
  const delta = difference(stored, row);
  return { result: "corrected", kind: "correction", row, previous: stored, delta };
}

/** Moves a running total up, class by class; only what was added is priced. */
function grow(stored: LedgerRow, incoming: IncomingUsage, price: PriceTokens): AppliedUsage {
  const tokens = mapTokens((member) => larger(stored.tokens[member], incoming.tokens[member]));
  const reportedPico = largerReport(stored.reportedPico, incoming.reportedPico);
  const revision = larger(stored.revision, incoming.revision);
  const figures = { ...stored, tokens, reportedPico, revision };
  if (sameValues(stored, figures)) return { result: "duplicate" };
  const added = priced(subtractTokens(tokens, stored.tokens), price);
  const row: LedgerRow = {
    ...figures,
    reportedBasis: incoming.reportedBasis ?? stored.reportedBasis,
    pricedPico: stored.pricedPico + added.pricedPico,
    unpricedTokens: stored.unpricedTokens + added.unpricedTokens,
  };
  const delta = difference(stored, row);
  return { result: "corrected", kind: "increase", row, previous: stored, delta };
}

function priced(
  tokens: TokenCounts,
  price: PriceTokens,
): Pick<LedgerRow, "pricedPico" | "unpricedTokens"> {
  const pico = totalTokens(tokens) === 0n ? 0n : price(tokens);
  if (pico === null) return { pricedPico: 0n, unpricedTokens: totalTokens(tokens) };
  return { pricedPico: pico, unpricedTokens: 0n };
}

function difference(before: LedgerRow | null, after: LedgerRow): UsageDelta {
  const old = before === null ? null : chooseCost(before);
  const current = chooseCost(after);
  return {
    events: 0,
    tokens: subtractTokens(after.tokens, before?.tokens ?? zeroTokens),
    costPico: current.countedPico - (old?.countedPico ?? 0n),
    unpricedTokens: current.unpricedTokens - (old?.unpricedTokens ?? 0n),
  };
}

/** A key belongs to one source, model and kind of counting for ever. */
function sameOrigin(stored: LedgerRow, incoming: IncomingUsage): boolean {
  return (
    stored.source === incoming.source &&
    stored.model === incoming.model &&
    stored.provider === incoming.provider &&
    stored.cumulative === incoming.cumulative
  );
}

/** Whether an incoming total is the stored one grown further, and so no correction of it. */
function continues(stored: LedgerRow, incoming: IncomingUsage): boolean {
  const grown = tokenClasses.every((member) => incoming.tokens[member] >= stored.tokens[member]);
  return incoming.cumulative && grown;
}

function sameValues(
  stored: LedgerRow,
  incoming: Pick<LedgerRow, "tokens" | "reportedPico">,
): boolean {
  const sameTokens = [...tokenClasses, "reasoning" as const].every(
    (member) => stored.tokens[member] === incoming.tokens[member],
  );
  return sameTokens && stored.reportedPico === incoming.reportedPico;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function largerReport(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null) return b;
  return b === null ? a : larger(a, b);
}
