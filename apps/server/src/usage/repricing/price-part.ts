import { unknownProvider } from "@headcount/domain/usage/book-provider";
import type { PriceBook } from "@headcount/domain/usage/price-book";
import { priceEvent } from "@headcount/domain/usage/price-event";
import type { AppliedPrice, LedgerPart } from "../ledger/ledger-part.ts";

export type PartFigures = Pick<
  LedgerPart,
  | "usedAt"
  | "tokens"
  | "pricedPico"
  | "cacheSavedPico"
  | "unpricedTokens"
  | "reportedPico"
  | "reportedBasis"
  | "isEstimate"
>;

/** What the price of a row depends on. */
export type PartToPrice = {
  readonly provider: string;
  readonly model: string;
  readonly billingMode: "api" | "subscription";
  readonly cumulative: boolean;
  readonly figures: PartFigures;
};

/** Price figures of a row. */
export type PricedAnew = Pick<
  LedgerPart,
  "pricedPico" | "cacheSavedPico" | "unpricedTokens" | "isEstimate"
> & { readonly price: AppliedPrice };

/** Largest figure that a column of money holds. */
const mostPico = 9_000_000_000_000_000_000n;

/**
 * What a row costs by the price that the book has for its time of use. `"no_price"`: it has none,
 * and what the row says is left as it is; `"same"`: nothing would change but perhaps the name of
 * the catalogue.
 */
export function pricePart(book: PriceBook, part: PartToPrice): PricedAnew | "no_price" | "same" {
  const { figures } = part;
  const price = priceEvent(book, {
    provider: part.provider === unknownProvider ? null : part.provider,
    model: part.model,
    at: figures.usedAt,
    tokens: figures.tokens,
    calls: part.cumulative ? "several" : "one",
  });
  if (price.unpriced || price.costPico > mostPico) return "no_price";
  const anew = {
    pricedPico: price.costPico,
    cacheSavedPico: price.cacheSavedPico,
    unpricedTokens: 0n,
    isEstimate: price.estimate,
  };
  const isSame =
    anew.pricedPico === figures.pricedPico &&
    anew.cacheSavedPico === figures.cacheSavedPico &&
    figures.unpricedTokens === 0n &&
    anew.isEstimate === figures.isEstimate;
  if (isSame) return "same";
  return { ...anew, price: { identity: price.priceId, rates: price.rates } };
}
