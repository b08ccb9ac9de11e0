import { appliedRates, type AppliedRates, type PriceRates, toPriceRates } from "./applied-rates.ts";
import { findPrice, type FoundPrice } from "./find-price.ts";
import {
  periodAt,
  type PriceBook,
  type PricedModel,
  type PriceOverride,
  type RatePeriod,
  type Rates,
} from "./price-book.ts";

/** What a price charges at one time, by size of the prompt. */
export type PriceScale = {
  readonly rates: Rates;
  readonly name: string;
  readonly isEstimate: boolean;
  /** The workspace's own price that it is; null for the catalogue's. */
  readonly overrideId: PriceOverride["id"] | null;
  /** Prompt sizes above which some rate changes, ascending. */
  readonly starts: readonly bigint[];
  /** By number of starts passed; filled when first used. */
  readonly steps: PriceStep[];
};

/** One identity, one set of rates. */
export type PriceStep = {
  readonly priceId: string;
  readonly rates: AppliedRates;
  readonly json: PriceRates;
};

type LookedUp = FoundPrice & { readonly scales: Map<RatePeriod | PriceOverride, PriceScale> };

/** Names that were looked up: by provider as reported, then by model as reported. */
type Names = {
  readonly providers: Map<string | null, Map<string, LookedUp | null>>;
  count: number;
};

/** More names than any workspace sees; a flood of invented ones must not fill the memory. */
const mostNames = 5_000;
const namesOfBooks = new WeakMap<PriceBook, Names>();

/** The price of a model that is in force at a time; null without one. Names are looked up once per book. */
export function priceScale(
  book: PriceBook,
  reported: { readonly provider: string | null; readonly model: string },
  at: Date,
): PriceScale | null {
  const found = lookUp(book, reported.provider, reported.model);
  return found === null ? null : scaleAt(book, found, at);
}

function lookUp(book: PriceBook, provider: string | null, model: string): LookedUp | null {
  const names = namesOf(book);
  const known = names.providers.get(provider)?.get(model);
  if (known !== undefined) return known;
  if (names.count >= mostNames) {
    names.providers.clear();
    names.count = 0;
  }
  const found = findPrice(book, provider, model);
  const entry = found === null ? null : { ...found, scales: new Map() };
  const models = names.providers.get(provider) ?? new Map<string, LookedUp | null>();
  names.providers.set(provider, models.set(model, entry));
  names.count += 1;
  return entry;
}

function namesOf(book: PriceBook): Names {
  const known = namesOfBooks.get(book);
  if (known !== undefined) return known;
  const names: Names = { providers: new Map(), count: 0 };
  namesOfBooks.set(book, names);
  return names;
}

function scaleAt(book: PriceBook, found: LookedUp, at: Date): PriceScale | null {
  const override = found.overrides.length === 0 ? null : overrideAt(found.overrides, at);
  if (override !== null) {
    return remembered(found, override, () => ({
      ...withStarts(override.rates),
      name: `override:${override.id}:${override.provider}/${override.model}`,
      isEstimate: found.nameOnly,
      overrideId: override.id,
    }));
  }
  const { catalogue } = found;
  if (catalogue === null) return null;
  const period = periodAt(catalogue, at);
  return remembered(found, period, () => ({
    ...withStarts(period.rates),
    name: `${book.version}:${nameOf(catalogue, period)}`,
    isEstimate: found.nameOnly || period.chargesRequests,
    overrideId: null,
  }));
}

function overrideAt(lists: readonly (readonly PriceOverride[])[], at: Date): PriceOverride | null {
  for (const list of lists) {
    const inForce = list.find(
      ({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || at < endsAt),
    );
    if (inForce !== undefined) return inForce;
  }
  return null;
}

function remembered(
  found: LookedUp,
  key: RatePeriod | PriceOverride,
  make: () => PriceScale,
): PriceScale {
  const known = found.scales.get(key);
  if (known !== undefined) return known;
  const scale = make();
  found.scales.set(key, scale);
  return scale;
}

function withStarts(rates: Rates): Pick<PriceScale, "rates" | "starts" | "steps"> {
  const starts = Object.values(rates).flatMap((rate) =>
    rate === null || rate === "inexact" ? [] : rate.tiers.map((tier) => tier.abovePromptTokens),
  );
  const ascending = [...new Set(starts)].toSorted((a, b) => (a < b ? -1 : 1));
  return { rates, starts: ascending, steps: [] };
}

/** The rates for calls with a prompt of `size` tokens. */
export function stepAt(scale: PriceScale, size: bigint): PriceStep {
  const passed =
    scale.starts.length === 0 ? 0 : scale.starts.filter((start) => size > start).length;
  const known = scale.steps[passed];
  if (known !== undefined) return known;
  const tier = passed === 0 ? "" : `>${scale.starts[passed - 1]}`;
  const rates = appliedRates(scale.rates, size);
  const step = { priceId: `${scale.name}${tier}`, rates, json: toPriceRates(rates) };
  scale.steps[passed] = step;
  return step;
}

/** The base rates, then those of each size of a prompt above which they change. */
export function priceSteps(
  scale: PriceScale,
): readonly (PriceStep & { readonly abovePromptTokens: bigint })[] {
  return [0n, ...scale.starts].map((start, at) => ({
    abovePromptTokens: start,
    ...stepAt(scale, at === 0 ? 0n : start + 1n),
  }));
}

function nameOf(model: PricedModel, period: RatePeriod): string {
  return `${model.provider}/${model.id}${periodName(period.holds)}`;
}

function periodName(holds: RatePeriod["holds"]): string {
  if (holds.type === "from") return `@${holds.at.toISOString().slice(0, 10)}`;
  return holds.type === "daily" ? `@${holds.fromSecond}s-${holds.toSecond}s` : "";
}
