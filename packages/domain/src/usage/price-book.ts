import type { PriceOverrideId } from "@headcount/contract/kit/ids";
import type { TokenClass } from "./token-counts.ts";

/** Pico-dollars per token: the base rate, and others for prompts above a size. */
export type Rate = {
  readonly basePico: bigint;
  /** Ascending; a tier holds for prompts of more than `abovePromptTokens`. */
  readonly tiers: readonly { readonly abovePromptTokens: bigint; readonly pico: bigint }[];
};

/** `"inexact"`: a rate is known but is no whole number of pico-dollars, so it is not used. */
export type MaybeRate = Rate | "inexact" | null;

export type Rates = Readonly<Record<TokenClass | "reasoning", MaybeRate>>;

/** When a set of rates holds. Times of day are seconds after midnight UTC and may wrap. */
export type RatePeriod = {
  readonly holds:
    | { readonly type: "always" }
    | { readonly type: "from"; readonly at: Date }
    | { readonly type: "daily"; readonly fromSecond: number; readonly toSecond: number };
  readonly rates: Rates;
  /** The provider also charges per request, which tokens do not show. */
  readonly chargesRequests: boolean;
};

/** One model of one provider; the last period that holds at a time decides. */
export type PricedModel = {
  readonly provider: string;
  readonly id: string;
  readonly periods: readonly [RatePeriod, ...RatePeriod[]];
};

/** A price that a workspace has agreed on or made for itself; it goes before the catalogue's. */
export type PriceOverride = {
  readonly id: PriceOverrideId;
  /** Provider as reports name it; `"unknown"` stands for reports that name none. */
  readonly provider: string;
  readonly model: string;
  readonly startsAt: Date;
  /** First moment at which it no longer holds; null while no end is set. */
  readonly endsAt: Date | null;
  readonly rates: Rates;
};

/** Dated, tiered prices, looked up by exact name only. */
export type PriceBook = {
  /** Names the catalogue and its version; part of every price's identity. */
  readonly version: string;
  /** By provider, then by every exact name of a model, lower case. */
  readonly providers: ReadonlyMap<string, ProviderPrices>;
  /** By provider of the book, then by lower-case name; latest start first. */
  readonly overrides?: ReadonlyMap<string, ReadonlyMap<string, readonly PriceOverride[]>>;
};

export type ProviderPrices = {
  readonly id: string;
  readonly models: ReadonlyMap<string, PricedModel>;
  /** Providers whose models this one sells at their prices. */
  readonly sellsModelsOf: readonly string[];
};

/** Adds entries to a book, e.g. prices that no public catalogue lists. Later ones win. */
export function withModels(book: PriceBook, added: readonly PricedModel[]): PriceBook {
  const providers = new Map(book.providers);
  for (const model of added) {
    const known = providers.get(model.provider);
    const models = new Map(known?.models).set(model.id.toLowerCase(), model);
    providers.set(model.provider, {
      id: model.provider,
      models,
      sellsModelsOf: known?.sellsModelsOf ?? [],
    });
  }
  return { ...book, providers };
}

/** The rates in force at a time. */
export function periodAt(model: PricedModel, at: Date): RatePeriod {
  return model.periods.findLast((period) => holdsAt(period.holds, at)) ?? model.periods[0];
}

function holdsAt(holds: RatePeriod["holds"], at: Date): boolean {
  if (holds.type === "always") return true;
  if (holds.type === "from") return at >= holds.at;
  const second =
    at.getUTCHours() * 3_600 +
    at.getUTCMinutes() * 60 +
    at.getUTCSeconds() +
    at.getUTCMilliseconds() / 1_000;
  const { fromSecond, toSecond } = holds;
  if (toSecond < fromSecond) return second >= fromSecond || second < toSecond;
  return second >= fromSecond && second < toSecond;
}
