import { type TokenCounts, totalTokens } from "./token-counts.ts";

export type CostFacts = {
  readonly tokens: TokenCounts;
  /** What the provider or CLI stated, pico-dollars; null when it stated nothing. */
  readonly reportedPico: bigint | null;
  readonly reportedBasis: "billed" | "estimated" | null;
  /** Our price of the tokens that have one, pico-dollars. */
  readonly pricedPico: bigint;
  /** Tokens that no price covers. */
  readonly unpricedTokens: bigint;
};

export type CountedCost = {
  /** Pico-dollars that sums use. */
  readonly countedPico: bigint;
  /** Tokens that stay without any cost. */
  readonly unpricedTokens: bigint;
  readonly basis: "billed" | "priced" | "reported_estimate" | "unpriced";
};

/**
 * Which of the known figures counts: what was billed, else our price, else the CLI's estimate. Where
 * no token was counted there is nothing that a price could say, so the estimate counts.
 */
export function chooseCost(facts: CostFacts): CountedCost {
  const { reportedPico, pricedPico, unpricedTokens } = facts;
  if (reportedPico !== null && facts.reportedBasis === "billed") {
    return { countedPico: reportedPico, unpricedTokens: 0n, basis: "billed" };
  }
  const isCounted = reportedPico === null || totalTokens(facts.tokens) > 0n;
  if (unpricedTokens === 0n && isCounted)
    return { countedPico: pricedPico, unpricedTokens, basis: "priced" };
  if (reportedPico !== null) {
    return { countedPico: reportedPico, unpricedTokens: 0n, basis: "reported_estimate" };
  }
  return {
    countedPico: pricedPico,
    unpricedTokens,
    basis: pricedPico > 0n ? "priced" : "unpriced",
  };
}
