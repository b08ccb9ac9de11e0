import { prices } from "@headcount/contract/usage/price-routes";
import type { RepricingPreview } from "@headcount/contract/usage/price-schemas";
import { chooseCost } from "@headcount/domain/usage/choose-cost";
import type { PriceBook } from "@headcount/domain/usage/price-book";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { readPriceBook } from "../prices/read-price-book.ts";
import { findCandidates } from "./find-candidates.ts";
import { LedgerPlace } from "./ledger-place.ts";
import { type PartToPrice, pricePart } from "./price-part.ts";
import { toRepricingFilter } from "./repricing-filter.ts";
import {
  addRepriced,
  addRepricings,
  noRepricing,
  type RepricingSums,
  toShownSums,
} from "./repricing-sums.ts";

const rowsPerStatement = 5_000;
const rowsPerCall = 50_000;
const mostPrices = 5;

export const previewReprice = query(prices.previewReprice, async (ctx, input) => {
  const book = await readPriceBook(ctx);
  const filter = toRepricingFilter(input);
  const models = new Map<string, ModelPreview>();
  let after = decodeCursor(input.cursor, LedgerPlace);
  let examined = 0;
  let hasMore = true;
  while (hasMore && examined < rowsPerCall) {
    const rows = await findCandidates(ctx, filter, { after, limit: rowsPerStatement });
    for (const row of rows) preview(models, book, row);
    examined += rows.length;
    after = rows.at(-1)?.place ?? after;
    hasMore = rows.length === rowsPerStatement;
  }
  return {
    ...toPreview([...models.values()]),
    examined,
    nextCursor: hasMore && after ? encodeCursor(after) : null,
  };
});

type ModelPreview = {
  readonly provider: string;
  readonly model: string;
  readonly identities: Set<string>;
  sums: RepricingSums;
  /** Rows that no price covers now either. */
  unpricedEvents: number;
  unpricedTokens: bigint;
};

function preview(models: Map<string, ModelPreview>, book: PriceBook, part: PartToPrice): void {
  const anew = pricePart(book, part);
  if (anew === "same") return;
  const { provider, model } = part;
  const key = JSON.stringify([provider, model]);
  const entry = models.get(key) ?? {
    provider,
    model,
    identities: new Set(),
    sums: noRepricing,
    unpricedEvents: 0,
    unpricedTokens: 0n,
  };
  models.set(key, entry);
  if (anew === "no_price") {
    const { unpricedTokens } = chooseCost(part.figures);
    if (unpricedTokens === 0n) return;
    entry.unpricedEvents += 1;
    entry.unpricedTokens += unpricedTokens;
    return;
  }
  entry.identities.add(anew.price.identity);
  entry.sums = addRepriced(entry.sums, part, anew);
}

type Shown = Omit<RepricingPreview, "examined" | "nextCursor">;

function toPreview(models: readonly ModelPreview[]): Shown {
  const changed = models.filter(({ sums }) => sums.events > 0n);
  const total = changed.reduce((sum, { sums }) => addRepricings(sum, sums), noRepricing);
  return {
    ...toShownSums(total),
    byModel: changed
      .toSorted((a, b) => (a.sums.tokens > b.sums.tokens ? -1 : 1))
      .map(({ provider, model, identities, sums }) => ({
        provider,
        model,
        prices: [...identities].slice(0, mostPrices),
        ...toShownSums(sums),
      })),
    withoutPrice: models
      .filter(({ unpricedEvents }) => unpricedEvents > 0)
      .toSorted((a, b) => (a.unpricedTokens > b.unpricedTokens ? -1 : 1))
      .map(({ provider, model, unpricedEvents, unpricedTokens }) => ({
        provider,
        model,
        events: unpricedEvents,
        tokens: toTokenCount(unpricedTokens),
      })),
  };
}
