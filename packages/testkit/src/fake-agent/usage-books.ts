import {
  type TokenCounts,
  addCounts,
  allCounts,
  cacheWritten,
} from "../fake-model/token-counts.ts";

const DOLLARS_PER_TOKEN = { input: 3e-6, output: 15e-6, cacheRead: 0.3e-6, cacheWrite: 3.75e-6 };

/** Totals of one model, in the words of Claude Code's `modelUsage`. */
export type ModelUsage = Readonly<Record<string, number>>;

/**
 * Counts what a session uses. Totals per model go on over the runs of a session; the use of a turn
 * only knows the main loop.
 */
export class UsageBooks {
  readonly #totals: Map<string, TokenCounts>;
  #sinceLastResult = new Map<string, TokenCounts>();
  #turn: TokenCounts = allCounts();

  constructor(earlierTotals: Readonly<Record<string, TokenCounts>> = {}) {
    this.#totals = new Map(Object.entries(earlierTotals));
  }

  beginTurn(): void {
    this.#turn = allCounts();
    this.#sinceLastResult = new Map();
  }

  /** Books a call that ended. */
  bookCall(model: string, counts: TokenCounts): void {
    this.#turn = addCounts(this.#turn, counts);
    this.bookAside(model, counts);
  }

  /** Books what no turn reports: calls outside of the main loop and calls that broke off. */
  bookAside(model: string, counts: TokenCounts): void {
    for (const books of [this.#totals, this.#sinceLastResult]) {
      books.set(model, addCounts(books.get(model) ?? allCounts(), counts));
    }
  }

  /** To be kept with the session. */
  totals(): Readonly<Record<string, TokenCounts>> {
    return Object.fromEntries(this.#totals);
  }

  totalCostUsd(): number {
    return this.#totals.values().reduce((sum, counts) => sum + costUsd(counts), 0);
  }

  /** The usage part of a result line. */
  resultFields(): Readonly<Record<string, unknown>> {
    return {
      usage: messageUsage(this.#turn),
      modelUsage: this.modelUsage(),
      model_usage_since_last_result: toModelUsage(this.#sinceLastResult),
      total_cost_usd: this.totalCostUsd(),
    };
  }

  modelUsage(): Readonly<Record<string, ModelUsage>> {
    return toModelUsage(this.#totals);
  }
}

/** Counts as the `usage` of a message or a result states them. */
export function messageUsage(counts: TokenCounts): Readonly<Record<string, unknown>> {
  return {
    input_tokens: counts.input,
    cache_creation_input_tokens: cacheWritten(counts),
    cache_read_input_tokens: counts.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: counts.cacheWrite,
      ephemeral_1h_input_tokens: counts.cacheWrite1h,
    },
    output_tokens: counts.output,
    service_tier: "standard",
  };
}

function toModelUsage(books: ReadonlyMap<string, TokenCounts>): Record<string, ModelUsage> {
  const entries = [...books].map(([model, counts]): [string, ModelUsage] => [
    model,
    {
      inputTokens: counts.input,
      outputTokens: counts.output,
      cacheReadInputTokens: counts.cacheRead,
      cacheCreationInputTokens: cacheWritten(counts),
      webSearchRequests: 0,
      costUSD: costUsd(counts),
      contextWindow: 200_000,
      maxOutputTokens: 32_000,
      thinkingTokens: counts.reasoning,
      cacheCreationEphemeral5mInputTokens: counts.cacheWrite,
      cacheCreationEphemeral1hInputTokens: counts.cacheWrite1h,
    },
  ]);
  return Object.fromEntries(entries);
}

function costUsd(counts: TokenCounts): number {
  return (
    counts.input * DOLLARS_PER_TOKEN.input +
    counts.output * DOLLARS_PER_TOKEN.output +
    counts.cacheRead * DOLLARS_PER_TOKEN.cacheRead +
    cacheWritten(counts) * DOLLARS_PER_TOKEN.cacheWrite
  );
}
