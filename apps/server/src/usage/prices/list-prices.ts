import { prices } from "@headcount/contract/usage/price-routes";
import type { PriceInForce } from "@headcount/contract/usage/price-schemas";
import { unknownProvider } from "@headcount/domain/usage/book-provider";
import type { PriceBook } from "@headcount/domain/usage/price-book";
import { priceScale, priceSteps } from "@headcount/domain/usage/price-scale";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { toPricePerClass } from "./price-per-class.ts";
import { readPriceBook } from "./read-price-book.ts";

type UsedModel = {
  provider: string;
  model: string;
  /** numeric */
  tokens: string;
  events: number;
  lastUsedAt: Date | null;
};

export const listPrices = query(prices.list, async (ctx) => {
  const book = await readPriceBook(ctx);
  const rows = await ctx.sql<UsedModel[]>`
    select provider, model, sum(events)::int as events, max(last_used_at) as last_used_at,
      sum(input + cache_read + cache_write_5m + cache_write_1h + output) as tokens
    from usage_meters where workspace_id = ${ctx.workspaceId} and kind = 'usage'
    group by provider, model order by tokens desc, provider, model`;
  return {
    catalogueVersion: book.version,
    items: rows.map((row) => ({
      provider: row.provider,
      model: row.model,
      tokens: toTokenCount(BigInt(row.tokens)),
      events: row.events,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      price: priceInForce(book, row, ctx.now),
    })),
  };
});

/** What tokens of a model cost that are used now. */
export function priceInForce(
  book: PriceBook,
  used: { readonly provider: string; readonly model: string },
  at: Date,
): PriceInForce | null {
  const provider = used.provider === unknownProvider ? null : used.provider;
  const scale = priceScale(book, { provider, model: used.model }, at);
  if (scale === null) return null;
  return {
    basis: scale.overrideId === null ? "catalogue" : "override",
    overrideId: scale.overrideId,
    isEstimate: scale.isEstimate,
    tiers: priceSteps(scale).map(({ priceId, abovePromptTokens, json }) => ({
      identity: priceId,
      abovePromptTokens: toTokenCount(abovePromptTokens),
      rates: toPricePerClass(json),
    })),
  };
}
