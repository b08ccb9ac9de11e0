import type { PricePerClass } from "@headcount/contract/usage/price-schemas";
import type { PriceRates } from "@headcount/domain/usage/applied-rates";
import { formatUsd } from "@headcount/domain/usage/money";
import type { TokenClass } from "@headcount/domain/usage/token-counts";

/** Rates as people read them; a class that takes the rate of another one has none of its own. */
export function toPricePerClass(rates: PriceRates): PricePerClass {
  const own = (tokenClass: TokenClass): string | null =>
    rates.standsIn?.[tokenClass] === undefined ? usdPerMillion(rates[tokenClass]) : null;
  return {
    input: own("input"),
    cacheRead: own("cacheRead"),
    cacheWrite5m: own("cacheWrite5m"),
    cacheWrite1h: own("cacheWrite1h"),
    output: own("output"),
    reasoning: usdPerMillion(rates.reasoning ?? null),
  };
}

/** US dollars per million tokens of pico-dollars per token, exact. */
export function usdPerMillion(picoPerToken: string | bigint | null): string | null {
  return picoPerToken === null ? null : formatUsd(BigInt(picoPerToken) * 1_000_000n);
}
