import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { MaybeRate, PriceBook, PriceOverride } from "@headcount/domain/usage/price-book";
import { shippedPriceBook } from "@headcount/domain/usage/shipped-price-book";
import { withOverrides } from "@headcount/domain/usage/with-overrides";
import type { Services, WorkspaceContext } from "../../platform/context.ts";
import { type OverrideRow, readOverrideRows } from "./override-rows.ts";

type CachedBook = { readonly version: string; readonly book: PriceBook };

/** Per running server, since workspaces of two databases may have the same id. */
const caches = new WeakMap<Services, Map<WorkspaceId, CachedBook>>();
const mostWorkspaces = 500;

/**
 * The prices that hold for a workspace, its own before the catalogue's, as the caller's
 * transaction sees them. One small look-up tells whether the copy in memory is still right, so a
 * price that another process has set counts from its commit on.
 */
export async function readPriceBook(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "services">,
): Promise<PriceBook> {
  // The transaction that wrote the row tells a revision from one of the same number that was rolled back.
  const [latest] = await ctx.sql<{ version: string }[]>`
    select revision || ' ' || xmin as version from usage_price_overrides
    where workspace_id = ${ctx.workspaceId} order by revision desc limit 1`;
  if (latest === undefined) return shippedPriceBook;
  const cache = cacheOf(ctx.services);
  const cached = cache.get(ctx.workspaceId);
  if (cached?.version === latest.version) return cached.book;
  const book = withOverrides(shippedPriceBook, (await readOverrideRows(ctx)).map(toOverride));
  if (cache.size >= mostWorkspaces) cache.clear();
  cache.set(ctx.workspaceId, { version: latest.version, book });
  return book;
}

function cacheOf(services: Services): Map<WorkspaceId, CachedBook> {
  const known = caches.get(services);
  if (known !== undefined) return known;
  const cache = new Map<WorkspaceId, CachedBook>();
  caches.set(services, cache);
  return cache;
}

function toOverride(row: OverrideRow): PriceOverride {
  const { id, provider, model, startsAt, endsAt } = row;
  return {
    id,
    provider,
    model,
    startsAt,
    endsAt,
    rates: {
      input: flat(row.input),
      cacheRead: flat(row.cacheRead),
      cacheWrite5m: flat(row.cacheWrite5m),
      cacheWrite1h: flat(row.cacheWrite1h),
      output: flat(row.output),
      reasoning: flat(row.reasoning),
    },
  };
}

function flat(pico: string | null): MaybeRate {
  return pico === null ? null : { basePico: BigInt(pico), tiers: [] };
}
