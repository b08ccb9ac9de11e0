import type { UsageSummary } from "@headcount/contract/usage/schemas";
import { formatUsd } from "../money.ts";
import { toTokenCount } from "../token-counts.ts";
import type { FigureName, FigureSums } from "./measures.ts";

/** Every figure that a summary of usage shows. */
export const summaryFigures = [
  "events",
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "tokens",
  "cost_pico",
  "priced_events",
  "unpriced_tokens",
] as const satisfies readonly FigureName[];

/** Sums as the API shows them; the cost is null while nothing has a price. */
export function summarise(sums: FigureSums): UsageSummary {
  const of = (name: FigureName): bigint => sums[name] ?? 0n;
  return {
    tokens: {
      input: toTokenCount(of("input")),
      cacheRead: toTokenCount(of("cache_read")),
      cacheWrite5m: toTokenCount(of("cache_write_5m")),
      cacheWrite1h: toTokenCount(of("cache_write_1h")),
      output: toTokenCount(of("output")),
      reasoning: toTokenCount(of("reasoning")),
      total: toTokenCount(of("tokens")),
    },
    events: Number(of("events")),
    costUsd: of("priced_events") === 0n ? null : formatUsd(of("cost_pico")),
    unpricedTokens: toTokenCount(of("unpriced_tokens")),
  };
}
