import type { TokenCount } from "@headcount/contract/kit/values";

/** The disjoint classes that are stored and priced apart, in a fixed order. */
export const tokenClasses = [
  "input",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
  "output",
] as const;
export type TokenClass = (typeof tokenClasses)[number];

/** Tokens per class; `reasoning` is an informative part of `output` and in no sum. */
export type TokenCounts = Readonly<Record<TokenClass | "reasoning", bigint>>;

export const zeroTokens: TokenCounts = {
  input: 0n,
  cacheRead: 0n,
  cacheWrite5m: 0n,
  cacheWrite1h: 0n,
  output: 0n,
  reasoning: 0n,
};

/** Builds counts by asking for each member, reasoning included. */
export function mapTokens(of: (member: TokenClass | "reasoning") => bigint): TokenCounts {
  return {
    input: of("input"),
    cacheRead: of("cacheRead"),
    cacheWrite5m: of("cacheWrite5m"),
    cacheWrite1h: of("cacheWrite1h"),
    output: of("output"),
    reasoning: of("reasoning"),
  };
}

/** Member-wise sum. */
export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return mapTokens((member) => a[member] + b[member]);
}

/** Member-wise difference `a - b`; may be negative. */
export function subtractTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return mapTokens((member) => a[member] - b[member]);
}

/** All classes together, reasoning counted once as the part of output that it is. */
export function totalTokens(tokens: TokenCounts): bigint {
  return tokenClasses.reduce((sum, tokenClass) => sum + tokens[tokenClass], 0n);
}

/** Everything a model read: uncached input, cache reads and cache writes. Price tiers go by it. */
export function promptTokens(tokens: TokenCounts): bigint {
  return totalTokens(tokens) - tokens.output;
}

/** A count as the API carries it: a number while that is exact, else a decimal string. */
export function toTokenCount(count: bigint): TokenCount {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString();
}
