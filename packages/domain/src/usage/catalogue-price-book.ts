import type {
  ConditionalPrice,
  MatchLogic,
  ModelInfo,
  ModelPrice,
  Provider,
} from "@pydantic/genai-prices";
import type {
  MaybeRate,
  PriceBook,
  PricedModel,
  ProviderPrices,
  Rate,
  RatePeriod,
  Rates,
} from "./price-book.ts";

/** Builds a price book from the providers of the genai-prices catalogue. */
export function cataloguePriceBook(providers: readonly Provider[], version: string): PriceBook {
  return {
    version,
    providers: new Map(providers.map((provider) => [provider.id, pricesOf(provider)])),
  };
}

function pricesOf(provider: Provider): ProviderPrices {
  const models = new Map<string, PricedModel>();
  const priced = provider.models.map((model) => ({ model, entry: pricedModel(provider, model) }));
  for (const { model, entry } of priced) models.set(model.id.toLowerCase(), entry);
  for (const { model, entry } of priced) {
    for (const name of literalNames(model.match)) {
      if (!models.has(name) && firstMatch(provider, name) === model) models.set(name, entry);
    }
  }
  return { id: provider.id, models, sellsModelsOf: provider.fallback_model_providers ?? [] };
}

/**
 * Names that the catalogue writes out: whole names, and beginnings of names, which are names
 * themselves. Parts and patterns are no names and are left out.
 */
function literalNames(match: MatchLogic): readonly string[] {
  if ("equals" in match) return [match.equals.toLowerCase()];
  if ("starts_with" in match) return [match.starts_with.toLowerCase()];
  if ("or" in match) return match.or.flatMap(literalNames);
  if ("and" in match) return match.and.flatMap(literalNames);
  return [];
}

function firstMatch(provider: Provider, name: string): ModelInfo | undefined {
  return provider.models.find((model) => matches(model.match, name));
}

function matches(match: MatchLogic, name: string): boolean {
  if ("or" in match) return match.or.some((part) => matches(part, name));
  if ("and" in match) return match.and.every((part) => matches(part, name));
  if ("equals" in match) return name === match.equals.toLowerCase();
  if ("starts_with" in match) return name.startsWith(match.starts_with.toLowerCase());
  if ("ends_with" in match) return name.endsWith(match.ends_with.toLowerCase());
  if ("contains" in match) return name.includes(match.contains.toLowerCase());
  return new RegExp(match.regex).test(name);
}

function pricedModel(provider: Provider, model: ModelInfo): PricedModel {
  const [first, ...rest] = Array.isArray(model.prices)
    ? model.prices.map(periodOf)
    : [periodOf({ prices: model.prices })];
  const free: RatePeriod = {
    holds: { type: "always" },
    rates: ratesOf({}),
    chargesRequests: false,
  };
  return { provider: provider.id, id: model.id, periods: [first ?? free, ...rest] };
}

function periodOf({ constraint, prices }: ConditionalPrice): RatePeriod {
  const period = {
    rates: ratesOf(prices),
    chargesRequests: prices["requests_kcount"] !== undefined,
  };
  if (constraint === undefined) return { ...period, holds: { type: "always" } };
  if (constraint.type === "start_date") {
    return { ...period, holds: { type: "from", at: new Date(constraint.start_date) } };
  }
  const fromSecond = secondOfDay(constraint.start_time);
  return {
    ...period,
    holds: { type: "daily", fromSecond, toSecond: secondOfDay(constraint.end_time) },
  };
}

/** Seconds after midnight UTC of `HH:MM:SSZ` or `HH:MM:SS±HH:MM`. */
function secondOfDay(time: string): number {
  return (Date.parse(`1970-01-02T${time}`) / 1_000) % 86_400;
}

function ratesOf(prices: ModelPrice): Rates {
  return {
    input: rateOf(prices["input_mtok"]),
    cacheRead: rateOf(prices["cache_read_mtok"]),
    cacheWrite5m: rateOf(prices["cache_write_5m_mtok"]) ?? rateOf(prices["cache_write_mtok"]),
    cacheWrite1h: rateOf(prices["cache_write_1h_mtok"]),
    output: rateOf(prices["output_mtok"]),
    reasoning: rateOf(prices["output_reasoning_mtok"]),
  };
}

function rateOf(price: ModelPrice[string]): MaybeRate {
  if (price === undefined) return null;
  if (typeof price === "number") return flatRate(price);
  const base = picoPerToken(price.base);
  const tiers: Rate["tiers"][number][] = [];
  for (const tier of price.tiers.toSorted((a, b) => a.start - b.start)) {
    const pico = picoPerToken(tier.price);
    if (pico === null) return "inexact";
    tiers.push({ abovePromptTokens: BigInt(tier.start), pico });
  }
  return base === null ? "inexact" : { basePico: base, tiers };
}

function flatRate(price: number): MaybeRate {
  const basePico = picoPerToken(price);
  return basePico === null ? "inexact" : { basePico, tiers: [] };
}

/**
 * Pico-dollars per token of a price in US dollars per million tokens: its decimal digits moved by
 * six places. Null when digits remain, e.g. for a recurring decimal: such a price is not used.
 */
export function picoPerToken(usdPerMillion: number): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(usdPerMillion));
  if (match === null) return null;
  const [, whole = "0", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction);
  const shift = 6 + Number(exponent) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return digits % divisor === 0n ? digits / divisor : null;
}
