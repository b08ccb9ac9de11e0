import { modelCandidates } from "./model-candidates.ts";
import type { PriceBook, PricedModel, PriceOverride } from "./price-book.ts";
import { bookProvider, unknownProvider } from "./book-provider.ts";

/** Everything that may decide the price of one reported model; time and size of a call pick from it. */
export type FoundPrice = {
  /** Prices of the workspace. The first list that has one in force decides, before the catalogue. */
  readonly overrides: readonly (readonly PriceOverride[])[];
  readonly catalogue: PricedModel | null;
  /** Found by its name alone, at its maker's price; whoever served it may charge another one. */
  readonly nameOnly: boolean;
};

/** Makers that sell their own models: a name without a provider is theirs. */
const makers: readonly string[] = [
  "anthropic",
  "openai",
  "google",
  "x-ai",
  "deepseek",
  "moonshotai",
  "mistral",
  "zai",
  "minimax",
  "cohere",
];

/** Where models run on one's own machine, or where prices are made up: no maker's price applies. */
const withoutMakers: ReadonlySet<string> = new Set([
  "headcount",
  "llama.cpp",
  "llamacpp",
  "lmstudio",
  "local",
  "ollama",
  "vllm",
]);

/**
 * Looks a reported model up by its exact names, best first; null when the book has no price for
 * it. A name that the catalogue gives to one of its models also finds the workspace's own price of
 * that model.
 */
export function findPrice(
  book: PriceBook,
  provider: string | null,
  model: string,
): FoundPrice | null {
  const given = provider?.trim().toLowerCase() ?? null;
  const [prefix] = model.toLowerCase().split("/");
  const named = given ?? (model.includes("/") ? (prefix ?? null) : null);
  const id = named === null ? null : bookProvider(named);
  const overrides: (readonly PriceOverride[])[] = [];
  const collect = (from: string | null, name: string): void => {
    const list = from === null ? undefined : book.overrides?.get(from)?.get(name);
    if (list !== undefined && !overrides.includes(list)) overrides.push(list);
  };
  for (const name of modelCandidates(given, model)) {
    collect(id, name);
    if (given === null) collect(unknownProvider, name);
    const own = id === null ? null : modelOf(book, id, name);
    if (own !== null) {
      collect(id, own.id.toLowerCase());
      return { overrides, catalogue: own, nameOnly: false };
    }
    const bare = id !== null && withoutMakers.has(id) ? null : makersModel(book, name);
    if (bare !== null) {
      // Without any provider the maker is the best guess, at the price agreed with it.
      if (id === null) collect(bare.provider, bare.id.toLowerCase());
      return { overrides, catalogue: bare, nameOnly: true };
    }
  }
  return overrides.length === 0 ? null : { overrides, catalogue: null, nameOnly: false };
}

function modelOf(book: PriceBook, providerId: string, name: string): PricedModel | null {
  const provider = book.providers.get(providerId);
  if (provider === undefined) return null;
  const own = provider.models.get(name);
  if (own !== undefined) return own;
  for (const other of provider.sellsModelsOf) {
    const sold = book.providers.get(other)?.models.get(name);
    if (sold !== undefined) return sold;
  }
  return null;
}

function makersModel(book: PriceBook, name: string): PricedModel | null {
  for (const maker of makers) {
    const model = book.providers.get(maker)?.models.get(name);
    if (model !== undefined) return model;
  }
  return null;
}
