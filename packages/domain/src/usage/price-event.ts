import type { AppliedRates, PriceRates } from "./applied-rates.ts";
import { findPrice } from "./find-price.ts";
import type { PriceBook } from "./price-book.ts";
import { priceScale, type PriceScale, stepAt } from "./price-scale.ts";
import { promptTokens, type TokenClass, tokenClasses, type TokenCounts } from "./token-counts.ts";

export type UsageToPrice = {
  /** Provider as the CLI names it; null when it does not. */
  readonly provider: string | null;
  readonly model: string;
  /** Time of use: the price in force then applies. */
  readonly at: Date;
  readonly tokens: TokenCounts;
  /** Whether the tokens are those of one call, or the sum of several, whose prompt sizes are unknown. */
  readonly calls: "one" | "several";
};

export type PricedUsage =
  | {
      readonly unpriced: false;
      readonly costPico: bigint;
      /**
       * What the same prompt would have cost more without a cache; negative when writing to the
       * cache cost more than reading from it saved.
       */
      readonly cacheSavedPico: bigint;
      /** Catalogue or override, provider, model, period and tier: one identity, one set of rates. */
      readonly priceId: string;
      /** The rates of `priceId` as JSON, the same object for every event that it prices. */
      readonly rates: PriceRates;
      /** Something that decides the price was not known, e.g. the size of each prompt. */
      readonly estimate: boolean;
    }
  | { readonly unpriced: true };

const unpriced: PricedUsage = { unpriced: true };

/** Cost of some tokens by the book, exact in pico-dollars; `unpriced` when the book has no price. */
export function priceEvent(book: PriceBook, usage: UsageToPrice): PricedUsage {
  const { tokens, at, calls } = usage;
  const scale = priceScale(book, usage, at);
  if (scale === null) return unpriced;
  const size = calls === "one" && scale.starts.length > 0 ? promptTokens(tokens) : 0n;
  const { priceId, rates, json } = stepAt(scale, size);
  const costPico = costOf(rates, tokens);
  if (costPico === null) return unpriced;
  const estimate =
    scale.isEstimate ||
    usesStandIn(rates, tokens) ||
    (calls === "several" && sizeMatters(scale, rates, tokens));
  const cacheSavedPico = cacheSaving(rates, tokens);
  return { unpriced: false, costPico, cacheSavedPico, priceId, rates: json, estimate };
}

/** Whether the book has a price for a model at any time. */
export function isPriced(book: PriceBook, provider: string | null, model: string): boolean {
  return findPrice(book, provider, model) !== null;
}

/** Null when some of the tokens have no usable rate: part of a price is no price. */
function costOf(rates: AppliedRates, tokens: TokenCounts): bigint | null {
  const apart = rates.reasoning === "as_output" ? 0n : tokens.reasoning;
  let sum = 0n;
  for (const tokenClass of tokenClasses) {
    const count = tokenClass === "output" ? tokens.output - apart : tokens[tokenClass];
    if (count === 0n) continue;
    const rate = rates[tokenClass];
    if (rate === null) return null;
    sum += count * rate;
  }
  if (apart === 0n || rates.reasoning === "as_output") return sum;
  return rates.reasoning === null ? null : sum + apart * rates.reasoning;
}

const cacheClasses = ["cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;

function cacheSaving(rates: AppliedRates, tokens: TokenCounts): bigint {
  if (rates.input === null) return 0n;
  let saved = 0n;
  for (const cacheClass of cacheClasses) {
    const count = tokens[cacheClass];
    const rate = rates[cacheClass];
    if (count !== 0n && rate !== null) saved += count * (rates.input - rate);
  }
  return saved;
}

function usesStandIn(rates: AppliedRates, tokens: TokenCounts): boolean {
  for (const cacheClass of cacheClasses) {
    if (tokens[cacheClass] !== 0n && rates.standsIn[cacheClass] !== undefined) return true;
  }
  return false;
}

/** Whether the tokens, had they been one prompt, would have reached another rate. */
function sizeMatters(scale: PriceScale, base: AppliedRates, tokens: TokenCounts): boolean {
  if (scale.starts.length === 0) return false;
  const { rates: other } = stepAt(scale, promptTokens(tokens));
  const differs = (tokenClass: TokenClass): boolean =>
    tokens[tokenClass] !== 0n && base[tokenClass] !== other[tokenClass];
  return (
    tokenClasses.some(differs) || (tokens.reasoning !== 0n && base.reasoning !== other.reasoning)
  );
}
