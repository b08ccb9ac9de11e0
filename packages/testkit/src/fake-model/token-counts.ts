/**
 * Token counts of one model call in the form a scenario states them: the four classes do not
 * overlap, and every protocol derives its own sums from them.
 */
export type TokenCounts = {
  /** Prompt tokens that were neither read from nor written to a cache. */
  readonly input: number;
  /** Prompt tokens read from a cache. */
  readonly cacheRead: number;
  /** Prompt tokens written to a cache with the short (five minute) lifetime. */
  readonly cacheWrite: number;
  /** Prompt tokens written to a cache with the one hour lifetime. */
  readonly cacheWrite1h: number;
  /** All generated tokens, reasoning included. */
  readonly output: number;
  /** The part of `output` that was spent on reasoning. */
  readonly reasoning: number;
};

/** Fills in zero for every count that was left out. */
export function allCounts(counts: Partial<TokenCounts> = {}): TokenCounts {
  const { input = 0, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = counts;
  return {
    input,
    cacheRead,
    cacheWrite,
    cacheWrite1h,
    output: counts.output ?? 0,
    reasoning: counts.reasoning ?? 0,
  };
}

/** Adds two sets of counts class by class. */
export function addCounts(left: TokenCounts, right: TokenCounts): TokenCounts {
  return {
    input: left.input + right.input,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite: left.cacheWrite + right.cacheWrite,
    cacheWrite1h: left.cacheWrite1h + right.cacheWrite1h,
    output: left.output + right.output,
    reasoning: left.reasoning + right.reasoning,
  };
}

/** Both cache lifetimes together, for protocols that do not tell them apart. */
export function cacheWritten(counts: TokenCounts): number {
  return counts.cacheWrite + counts.cacheWrite1h;
}

/** The whole prompt, cached or not, as OpenAI and Gemini count it. */
export function promptTokens(counts: TokenCounts): number {
  return counts.input + counts.cacheRead + cacheWritten(counts);
}
