import { appliedRates } from "./applied-rates.ts";
import type { MaybeRate } from "./price-book.ts";
import { picoPerToken } from "./pico-per-token.ts";
import { type TokenClass, tokenClasses, type TokenCounts } from "./token-counts.ts";

/** US dollars per million tokens as people type them; empty where a class has no rate of its own. */
export type TypedRates = Readonly<Record<TokenClass, string>>;

/**
 * What tokens would cost at rates that are not set yet, pico-dollars, by the rules of a workspace's
 * own price: a class without a rate costs what the class that contains it costs, reasoning what all
 * output costs. Null while a rate that is needed is no price.
 */
export function estimatePrice(typed: TypedRates, tokens: TokenCounts): bigint | null {
  const rateOf = (tokenClass: TokenClass): MaybeRate => {
    const pico = picoPerToken(typed[tokenClass].trim());
    return pico === null ? null : { basePico: pico, tiers: [] };
  };
  const rates = appliedRates(
    {
      input: rateOf("input"),
      cacheRead: rateOf("cacheRead"),
      cacheWrite5m: rateOf("cacheWrite5m"),
      cacheWrite1h: rateOf("cacheWrite1h"),
      output: rateOf("output"),
      reasoning: null,
    },
    0n,
  );
  let sum = 0n;
  for (const tokenClass of tokenClasses) {
    const rate = rates[tokenClass];
    if (tokens[tokenClass] === 0n) continue;
    if (rate === null) return null;
    sum += tokens[tokenClass] * rate;
  }
  return sum;
}
