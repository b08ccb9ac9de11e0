import type {
  MaybeRate,
  PriceBook,
  PricedModel,
  ProviderPrices,
  RatePeriod,
} from "./price-book.ts";

/** Pico-dollars per token, a number or with tiers; `"inexact"` where it is no whole number of them. */
export type CatalogueRate =
  | number
  | "inexact"
  | {
      readonly base: number;
      /** Ascending pairs: prompts of more tokens than the first cost the second. */
      readonly tiers: readonly (readonly [abovePromptTokens: number, pico: number])[];
    };

/** Rates of one period; without `from` and `daily` they hold always. */
export type CataloguePeriod = {
  /** ISO 8601 instant. */
  readonly from?: string;
  /** Seconds after midnight UTC, may wrap. */
  readonly daily?: readonly [fromSecond: number, toSecond: number];
  readonly chargesRequests?: true;
  readonly input?: CatalogueRate;
  readonly cacheRead?: CatalogueRate;
  readonly cacheWrite5m?: CatalogueRate;
  readonly cacheWrite1h?: CatalogueRate;
  readonly output?: CatalogueRate;
  readonly reasoning?: CatalogueRate;
};

/** A model's id, the other exact names that mean it (lower case), and its prices. */
export type CatalogueModel = {
  readonly id: string;
  readonly names?: readonly string[];
  readonly prices: readonly CataloguePeriod[];
};

/** Prices as `price-catalogue.json` keeps them. */
export type PriceCatalogue = {
  readonly version: string;
  readonly providers: readonly {
    readonly id: string;
    readonly sellsModelsOf?: readonly string[];
    readonly models: readonly CatalogueModel[];
  }[];
};

/** The price book of a catalogue. A provider's prices are read when they are first asked for. */
export function readPriceCatalogue(catalogue: PriceCatalogue): PriceBook {
  const providers = catalogue.providers.map(({ id, sellsModelsOf, models }) => {
    let read: ProviderPrices["models"] | null = null;
    const prices: ProviderPrices = {
      id,
      sellsModelsOf: sellsModelsOf ?? [],
      get models() {
        read ??= modelsByName(id, models);
        return read;
      },
    };
    return [id, prices] as const;
  });
  return { version: catalogue.version, providers: new Map(providers) };
}

function modelsByName(
  provider: string,
  models: readonly CatalogueModel[],
): ReadonlyMap<string, PricedModel> {
  const byName = new Map<string, PricedModel>();
  for (const { id, names, prices } of models) {
    const [first, ...rest] = prices.map(readPeriod);
    const model: PricedModel = { provider, id, periods: [first ?? readPeriod({}), ...rest] };
    byName.set(id.toLowerCase(), model);
    for (const name of names ?? []) byName.set(name, model);
  }
  return byName;
}

function readPeriod(period: CataloguePeriod): RatePeriod {
  return {
    holds: readHolds(period),
    chargesRequests: period.chargesRequests ?? false,
    rates: {
      input: readRate(period.input),
      cacheRead: readRate(period.cacheRead),
      cacheWrite5m: readRate(period.cacheWrite5m),
      cacheWrite1h: readRate(period.cacheWrite1h),
      output: readRate(period.output),
      reasoning: readRate(period.reasoning),
    },
  };
}

function readHolds({ from, daily }: CataloguePeriod): RatePeriod["holds"] {
  if (from !== undefined) return { type: "from", at: new Date(from) };
  if (daily === undefined) return { type: "always" };
  return { type: "daily", fromSecond: daily[0], toSecond: daily[1] };
}

function readRate(rate: CatalogueRate | undefined): MaybeRate {
  if (rate === undefined) return null;
  if (rate === "inexact") return rate;
  if (typeof rate === "number") return { basePico: BigInt(rate), tiers: [] };
  const tiers = rate.tiers.map(([above, pico]) => ({
    abovePromptTokens: BigInt(above),
    pico: BigInt(pico),
  }));
  return { basePico: BigInt(rate.base), tiers };
}
