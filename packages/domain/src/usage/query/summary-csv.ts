import type { UsageSummary } from "@headcount/contract/usage/schemas";
import { csvText, type CsvCell } from "./csv-text.ts";

const usageTitles = [
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "tokens",
  "events",
  "cost_usd",
  "unpriced_tokens",
];

/** A line of a table of usage: what comes before the figures, and the figures. */
export type SummaryLine = {
  readonly cells: readonly CsvCell[];
  readonly usage: UsageSummary;
};

/** Rows of usage with the columns of {@link UsageSummary} after their own. */
export function summaryCsv(titles: readonly string[], lines: readonly SummaryLine[]): string {
  return csvText(
    [...titles, ...usageTitles],
    lines.map(({ cells, usage }) => [...cells, ...figureCells(usage)]),
  );
}

function figureCells({
  tokens,
  events,
  costUsd,
  unpricedTokens,
}: UsageSummary): readonly CsvCell[] {
  return [
    tokens.input,
    tokens.cacheRead,
    tokens.cacheWrite5m,
    tokens.cacheWrite1h,
    tokens.output,
    tokens.reasoning,
    tokens.total,
    events,
    costUsd,
    unpricedTokens,
  ].map((figure) => ({ figure }));
}
