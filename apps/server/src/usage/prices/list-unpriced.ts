import { prices } from "@headcount/contract/usage/price-routes";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { priceInForce } from "./list-prices.ts";
import { readPriceBook } from "./read-price-book.ts";

type UnpricedRow = {
  provider: string;
  model: string;
  /** numeric */
  tokens: string;
  events: number;
  firstUsedAt: Date | null;
  lastUsedAt: Date | null;
};

export const listUnpriced = query(prices.unpriced, async (ctx) => {
  const book = await readPriceBook(ctx);
  // Buckets and tail know which quarter hours have tokens without a price; meters only the last use.
  const rows = await ctx.sql<UnpricedRow[]>`
    with unpriced as (
      select id, provider, model, unpriced_tokens, events - priced_events as events, last_used_at
      from usage_meters
      where workspace_id = ${ctx.workspaceId} and kind = 'usage' and unpriced_tokens > 0
    ), first as (
      select meter_id, min(bucket_at) as first_used_at
      from (
        select meter_id, bucket_at from usage_buckets
        where workspace_id = ${ctx.workspaceId} and meter_id in (select id from unpriced)
          and unpriced_tokens > 0
        union all
        select meter_id, bucket_at from usage_tail
        where workspace_id = ${ctx.workspaceId} and meter_id in (select id from unpriced)
          and unpriced_tokens > 0
      ) as both_places group by meter_id
    )
    select provider, model, sum(unpriced_tokens) as tokens, sum(events)::int as events,
      min(first_used_at) as first_used_at, max(last_used_at) as last_used_at
    from unpriced left join first on first.meter_id = unpriced.id
    group by provider, model order by tokens desc, provider, model`;
  return {
    items: rows.map((row) => ({
      provider: row.provider,
      model: row.model,
      tokens: toTokenCount(BigInt(row.tokens)),
      events: row.events,
      firstUsedAt: row.firstUsedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      hasPriceNow: priceInForce(book, row, ctx.now) !== null,
    })),
  };
});
