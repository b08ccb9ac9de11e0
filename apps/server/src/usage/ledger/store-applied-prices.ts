import type { WorkspaceContext } from "../../platform/context.ts";
import type { AppliedPrice } from "./ledger-part.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Ids of prices by identity; those that are used for the first time are kept with their rates. */
export async function keepPrices(
  ctx: Ctx,
  prices: readonly AppliedPrice[],
): Promise<Map<string, number>> {
  if (prices.length === 0) return new Map();
  const identities = prices.map((price) => price.identity);
  const known = await readPriceIds(ctx, identities);
  const missing = prices.filter((price) => !known.has(price.identity));
  if (missing.length === 0) return known;
  await ctx.sql`
    insert into usage_prices (workspace_id, identity, rates)
    select ${ctx.workspaceId}, identity, rates::jsonb
    from unnest(${missing.map((price) => price.identity)}::text[],
      ${missing.map((price) => JSON.stringify(price.rates))}::text[]) as item(identity, rates)
    order by identity on conflict do nothing`;
  return readPriceIds(ctx, identities);
}

async function readPriceIds(ctx: Ctx, identities: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.sql<{ id: number; identity: string }[]>`
    select id, identity from usage_prices
    where workspace_id = ${ctx.workspaceId} and identity = any(${identities}::text[])`;
  return new Map(rows.map((row) => [row.identity, row.id]));
}
