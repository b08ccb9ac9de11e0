import catalogue from "./price-catalogue.json" with { type: "json" };
import { type PriceBook, type PricedModel, type Rate, withModels } from "./price-book.ts";
import { type PriceCatalogue, readPriceCatalogue } from "./read-price-catalogue.ts";

/** Names the catalogue and its version; part of the identity of every price from it. */
export const catalogueVersion: string = catalogue.version;

const rate = (picoPerToken: bigint): Rate => ({ basePico: picoPerToken, tiers: [] });

/**
 * The tutorial agent calls no model. Its made-up token counts get a made-up list price, so that a
 * first run shows how cost appears: USD per million tokens 1 input, 0.1 cache read, 1.25 cache
 * write, 2 for an hour, 5 output.
 */
const tutorialModel: PricedModel = {
  provider: "headcount",
  id: "headcount/tutorial",
  periods: [
    {
      holds: { type: "always" },
      chargesRequests: false,
      rates: {
        input: rate(1_000_000n),
        cacheRead: rate(100_000n),
        cacheWrite5m: rate(1_250_000n),
        cacheWrite1h: rate(2_000_000n),
        output: rate(5_000_000n),
        reasoning: null,
      },
    },
  ],
};

/** Providers whose prices nobody charges: they show how cost looks. */
export const madeUpProviders: ReadonlySet<string> = new Set(["headcount"]);

/** The price book of this build: integers in a file of the source, so it works offline and is the same everywhere. */
export const shippedPriceBook: PriceBook = withModels(
  readPriceCatalogue(catalogue as PriceCatalogue),
  [tutorialModel],
);
