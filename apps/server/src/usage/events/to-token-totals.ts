import type { TokenTotals } from "@headcount/contract/usage/schemas";
import { type TokenCounts, toTokenCount, totalTokens } from "@headcount/domain/usage/token-counts";

/** Counts as the API shows them. */
export function toTokenTotals(tokens: TokenCounts): TokenTotals {
  return {
    input: toTokenCount(tokens.input),
    cacheRead: toTokenCount(tokens.cacheRead),
    cacheWrite5m: toTokenCount(tokens.cacheWrite5m),
    cacheWrite1h: toTokenCount(tokens.cacheWrite1h),
    output: toTokenCount(tokens.output),
    reasoning: toTokenCount(tokens.reasoning),
    total: toTokenCount(totalTokens(tokens)),
  };
}
