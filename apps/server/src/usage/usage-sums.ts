import type { UsageBreakdown, UsageSummary } from "@headcount/contract/usage/schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import {
  addTokens,
  mapTokens,
  type TokenCounts,
  toTokenCount,
  totalTokens,
  zeroTokens,
} from "@headcount/domain/usage/token-counts";
import type { Transaction } from "../platform/database.ts";

/** Sums of some part of the ledger; exact, of any size. */
export type UsageSums = {
  readonly events: bigint;
  readonly tokens: TokenCounts;
  readonly costPico: bigint;
  readonly pricedEvents: bigint;
  readonly unpricedTokens: bigint;
};

/** Columns of {@link sumColumns} as they arrive: numeric and int8 as decimal strings. */
export type SumRow = {
  readonly events: string;
  readonly input: string;
  readonly cacheRead: string;
  readonly cacheWrite5m: string;
  readonly cacheWrite1h: string;
  readonly output: string;
  readonly reasoning: string;
  readonly costPico: string;
  readonly pricedEvents: string;
  readonly unpricedTokens: string;
};

/** Sums over meters or points; never null in a grouped query of usage. */
export const sumColumns = (sql: Transaction) => sql`
  sum(events) as events, sum(input) as input, sum(cache_read) as cache_read,
  sum(cache_write_5m) as cache_write_5m, sum(cache_write_1h) as cache_write_1h,
  sum(output) as output, sum(reasoning) as reasoning, sum(cost_pico) as cost_pico,
  sum(priced_events) as priced_events, sum(unpriced_tokens) as unpriced_tokens`;

const noUsage: UsageSums = {
  events: 0n,
  tokens: zeroTokens,
  costPico: 0n,
  pricedEvents: 0n,
  unpricedTokens: 0n,
};

export function toSums(row: SumRow): UsageSums {
  return {
    events: BigInt(row.events),
    tokens: mapTokens((member) => BigInt(row[member])),
    costPico: BigInt(row.costPico),
    pricedEvents: BigInt(row.pricedEvents),
    unpricedTokens: BigInt(row.unpricedTokens),
  };
}

function addSums(a: UsageSums, b: UsageSums): UsageSums {
  return {
    events: a.events + b.events,
    tokens: addTokens(a.tokens, b.tokens),
    costPico: a.costPico + b.costPico,
    pricedEvents: a.pricedEvents + b.pricedEvents,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
  };
}

export function sumOf(sums: readonly UsageSums[]): UsageSums {
  return sums.reduce(addSums, noUsage);
}

/** Sums as the API shows them. */
export function toSummary(sums: UsageSums): UsageSummary {
  const { tokens } = sums;
  return {
    tokens: {
      input: toTokenCount(tokens.input),
      cacheRead: toTokenCount(tokens.cacheRead),
      cacheWrite5m: toTokenCount(tokens.cacheWrite5m),
      cacheWrite1h: toTokenCount(tokens.cacheWrite1h),
      output: toTokenCount(tokens.output),
      reasoning: toTokenCount(tokens.reasoning),
      total: toTokenCount(totalTokens(tokens)),
    },
    events: Number(sums.events),
    costUsd: sums.pricedEvents === 0n ? null : formatUsd(sums.costPico),
    unpricedTokens: toTokenCount(sums.unpricedTokens),
  };
}

type OfModel = { readonly provider: string; readonly model: string; readonly sums: UsageSums };

/** Sums per provider and model, the one with the most tokens first. */
export function byModel(rows: readonly OfModel[]): UsageBreakdown["byModel"] {
  return groupSums(rows, (row) => JSON.stringify([row.provider, row.model])).map(
    ({ first, sums }) => ({
      provider: first.provider,
      model: first.model,
      usage: toSummary(sums),
    }),
  );
}

/** Sums of rows with the same key, the group with the most tokens first. */
export function groupSums<Row extends { readonly sums: UsageSums }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): { first: Row; sums: UsageSums }[] {
  const groups = new Map<string, { first: Row; sums: UsageSums }>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    groups.set(key, {
      first: known?.first ?? row,
      sums: known ? addSums(known.sums, row.sums) : row.sums,
    });
  }
  return [...groups.values()].toSorted((a, b) => {
    const difference = totalTokens(b.sums.tokens) - totalTokens(a.sums.tokens);
    return Number(difference > 0n) - Number(difference < 0n);
  });
}

/** The latest of some instants; null when there is none. */
export function latest(instants: readonly Date[]): string | null {
  if (instants.length === 0) return null;
  return new Date(Math.max(...instants.map((instant) => instant.getTime()))).toISOString();
}
