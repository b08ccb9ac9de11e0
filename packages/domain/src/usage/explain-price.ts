import type { AppliedRates } from "./applied-rates.ts";
import { type TokenClass, tokenClasses, type TokenCounts } from "./token-counts.ts";

/** One product of a price: `tokens × picoPerToken = amountPico`. */
export type PriceLine = {
  /** `reasoning` has a line of its own only where it has a rate of its own. */
  readonly tokenClass: TokenClass | "reasoning";
  readonly tokens: bigint;
  /** Null when the class has no usable rate; then the tokens as a whole have no price. */
  readonly picoPerToken: bigint | null;
  readonly amountPico: bigint | null;
  /** The class whose rate is used because this one has none. */
  readonly rateOf: TokenClass | null;
};

/** The sum behind a price, a line per class with tokens; the amounts add up to the price exactly. */
export function explainPrice(rates: AppliedRates, tokens: TokenCounts): readonly PriceLine[] {
  const apart = rates.reasoning === "as_output" ? 0n : tokens.reasoning;
  const lines = tokenClasses.map((tokenClass): PriceLine => {
    const count = tokens[tokenClass] - (tokenClass === "output" ? apart : 0n);
    return line(tokenClass, count, rates[tokenClass], rates.standsIn[tokenClass] ?? null);
  });
  const reasoning = rates.reasoning === "as_output" ? null : rates.reasoning;
  return [...lines, line("reasoning", apart, reasoning, null)].filter(
    (entry) => entry.tokens !== 0n,
  );
}

function line(
  tokenClass: PriceLine["tokenClass"],
  tokens: bigint,
  picoPerToken: bigint | null,
  rateOf: TokenClass | null,
): PriceLine {
  const amountPico = picoPerToken === null ? null : tokens * picoPerToken;
  return { tokenClass, tokens, picoPerToken, amountPico, rateOf };
}
