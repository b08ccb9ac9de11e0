/** Four disjoint classes of tokens of one call; `reasoning` is an informative part of `output`. */
export type TokenCounts = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly reasoning: number;
};

export const noTokens: TokenCounts = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
};

export const tokenMembers = [
  "input",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
  "output",
  "reasoning",
] as const satisfies readonly (keyof TokenCounts)[];

/** Combines two sets of counts member by member. */
export function combineTokens(
  left: TokenCounts,
  right: TokenCounts,
  combine: (left: number, right: number) => number,
): TokenCounts {
  return {
    input: combine(left.input, right.input),
    cacheRead: combine(left.cacheRead, right.cacheRead),
    cacheWrite5m: combine(left.cacheWrite5m, right.cacheWrite5m),
    cacheWrite1h: combine(left.cacheWrite1h, right.cacheWrite1h),
    output: combine(left.output, right.output),
    reasoning: combine(left.reasoning, right.reasoning),
  };
}

export function addTokens(left: TokenCounts, right: TokenCounts): TokenCounts {
  return combineTokens(left, right, (a, b) => a + b);
}

/** All classes together. */
export function totalTokens(counts: TokenCounts): number {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = counts;
  return input + cacheRead + cacheWrite5m + cacheWrite1h + output;
}
