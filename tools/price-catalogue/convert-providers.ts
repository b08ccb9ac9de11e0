import type {
  ConditionalPrice,
  MatchLogic,
  ModelInfo,
  ModelPrice,
  Provider,
} from "@pydantic/genai-prices";
import { picoPerToken } from "@headcount/domain/usage/pico-per-token";
import type {
  CatalogueModel,
  CataloguePeriod,
  CatalogueRate,
  PriceCatalogue,
} from "@headcount/domain/usage/read-price-catalogue";

/** Turns the providers of genai-prices into integer rates and exact names. */
export function convertProviders(providers: readonly Provider[], version: string): PriceCatalogue {
  return {
    version,
    providers: providers.map((provider) => ({
      id: provider.id,
      ...(provider.fallback_model_providers?.length
        ? { sellsModelsOf: provider.fallback_model_providers }
        : {}),
      models: modelsOf(provider),
    })),
  };
}

function modelsOf(provider: Provider): CatalogueModel[] {
  const taken = new Set(provider.models.map((model) => model.id.toLowerCase()));
  return provider.models.map((model) => {
    const names = literalNames(model.match).filter((name) => {
      if (taken.has(name) || firstMatch(provider, name) !== model) return false;
      taken.add(name);
      return true;
    });
    const prices = Array.isArray(model.prices)
      ? model.prices.map(periodOf)
      : [periodOf({ prices: model.prices })];
    return { id: model.id, ...(names.length > 0 ? { names } : {}), prices };
  });
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

function periodOf({ constraint, prices }: ConditionalPrice): CataloguePeriod {
  return { ...holdsOf(constraint), ...ratesOf(prices) };
}

function holdsOf(
  constraint: ConditionalPrice["constraint"],
): Pick<CataloguePeriod, "from" | "daily"> {
  if (constraint === undefined) return {};
  if (constraint.type === "start_date") {
    return { from: new Date(constraint.start_date).toISOString() };
  }
  return { daily: [secondOfDay(constraint.start_time), secondOfDay(constraint.end_time)] };
}

/** Seconds after midnight UTC of `HH:MM:SSZ` or `HH:MM:SS±HH:MM`. */
function secondOfDay(time: string): number {
  return (Date.parse(`1970-01-02T${time}`) / 1_000) % 86_400;
}

function ratesOf(prices: ModelPrice): CataloguePeriod {
  const rates = {
    input: rateOf(prices["input_mtok"]),
    cacheRead: rateOf(prices["cache_read_mtok"]),
    cacheWrite5m: rateOf(prices["cache_write_5m_mtok"]) ?? rateOf(prices["cache_write_mtok"]),
    cacheWrite1h: rateOf(prices["cache_write_1h_mtok"]),
    output: rateOf(prices["output_mtok"]),
    reasoning: rateOf(prices["output_reasoning_mtok"]),
  };
  const stated = Object.entries(rates).filter(([, rate]) => rate !== undefined);
  return {
    ...(prices["requests_kcount"] === undefined ? {} : { chargesRequests: true }),
    ...(Object.fromEntries(stated) as Pick<CataloguePeriod, keyof typeof rates>),
  };
}

function rateOf(price: ModelPrice[string]): CatalogueRate | undefined {
  if (price === undefined) return undefined;
  if (typeof price === "number") return wholePico(price) ?? "inexact";
  const base = wholePico(price.base);
  const tiers: (readonly [number, number])[] = [];
  for (const tier of price.tiers.toSorted((a, b) => a.start - b.start)) {
    const pico = wholePico(tier.price);
    if (pico === null) return "inexact";
    tiers.push([tier.start, pico]);
  }
  return base === null ? "inexact" : { base, tiers };
}

/** Null when the price is no whole number of pico-dollars, or none that JSON keeps exactly. */
function wholePico(usdPerMillion: number): number | null {
  const pico = Number(picoPerToken(String(usdPerMillion)) ?? Number.NaN);
  return Number.isSafeInteger(pico) ? pico : null;
}
