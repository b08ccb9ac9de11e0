import { modelCandidates } from "./model-candidates.ts";
import {
  type MaybeRate,
  periodAt,
  type PriceBook,
  type PricedModel,
  type Rate,
  type RatePeriod,
  type Rates,
} from "./price-book.ts";
import { promptTokens, tokenClasses, type TokenClass, type TokenCounts } from "./token-counts.ts";

export type UsageToPrice = {
  /** Provider as the CLI names it; null when it does not. */
  readonly provider: string | null;
  readonly model: string;
  /** Time of use: the price in force then applies. */
  readonly at: Date;
  readonly tokens: TokenCounts;
  /** Whether the tokens are those of one call, or the sum of several, whose prompt sizes are unknown. */
  readonly calls: "one" | "several";
};

export type PricedUsage =
  | {
      readonly unpriced: false;
      readonly costPico: bigint;
      /** Catalogue, provider, model, period and tier: enough to find the rates again. */
      readonly priceId: string;
      /** Something that decides the price was not known, e.g. the size of each prompt. */
      readonly estimate: boolean;
    }
  | { readonly unpriced: true };

const unpriced: PricedUsage = { unpriced: true };

/** Names that CLIs give to providers of the catalogue. */
const providerNames: Readonly<Record<string, string>> = {
  "amazon-bedrock": "aws",
  bedrock: "aws",
  "azure-openai": "azure",
  claude: "anthropic",
  copilot: "github-copilot",
  gemini: "google",
  "google-vertex": "google",
  grok: "x-ai",
  kimi: "moonshotai",
  moonshot: "moonshotai",
  vertex: "google",
  vertexai: "google",
  xai: "x-ai",
  zhipu: "zhipuai",
  "z-ai": "zai",
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

/** Cost of some tokens by the book, exact in pico-dollars; `unpriced` when the book has no price. */
export function priceEvent(book: PriceBook, usage: UsageToPrice): PricedUsage {
  const found = findModel(book, usage.provider, usage.model);
  if (found === null) return unpriced;
  const period = periodAt(found.model, usage.at);
  const prompt = promptTokens(usage.tokens);
  const size = usage.calls === "one" ? prompt : 0n;
  const parts = rateParts(period.rates, usage.tokens);
  if (parts === null) return unpriced;
  const estimate =
    found.nameOnly ||
    period.chargesRequests ||
    parts.some((part) => part.standsIn) ||
    (usage.calls === "several" && parts.some((part) => tierAt(part.rate, prompt) !== null));
  const costPico = parts.reduce((sum, part) => sum + part.tokens * picoAt(part.rate, size), 0n);
  return { unpriced: false, costPico, priceId: priceId(book, found.model, period, size), estimate };
}

/** Whether the book has a price for a model at all. */
export function isPriced(book: PriceBook, provider: string | null, model: string): boolean {
  return findModel(book, provider, model) !== null;
}

type FoundModel = {
  readonly model: PricedModel;
  /** Found by its name alone, at its maker's price; whoever served it may charge another one. */
  readonly nameOnly: boolean;
};

function findModel(book: PriceBook, provider: string | null, model: string): FoundModel | null {
  const given = provider?.trim().toLowerCase() ?? null;
  const [prefix] = model.toLowerCase().split("/");
  const named = given ?? (model.includes("/") ? (prefix ?? null) : null);
  const id = named === null ? null : (providerNames[named] ?? named);
  for (const name of modelCandidates(given, model)) {
    const qualified = id === null ? null : modelOf(book, id, name);
    if (qualified !== null) return { model: qualified, nameOnly: false };
    const bare = id !== null && withoutMakers.has(id) ? null : makersModel(book, name);
    if (bare !== null) return { model: bare, nameOnly: true };
  }
  return null;
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

type RatePart = {
  readonly rate: Rate;
  readonly tokens: bigint;
  /** The class has no rate of its own and takes that of the class it is a kind of. */
  readonly standsIn: boolean;
};

/** What a class costs when the catalogue names no rate for it: the class that contains it. */
const containing: Readonly<Record<TokenClass | "reasoning", readonly (keyof Rates)[]>> = {
  input: ["input"],
  cacheRead: ["cacheRead", "input"],
  cacheWrite5m: ["cacheWrite5m", "input"],
  cacheWrite1h: ["cacheWrite1h", "cacheWrite5m", "input"],
  output: ["output"],
  reasoning: ["reasoning", "output"],
};

/** Null when some of the tokens have no usable rate: part of a price is no price. */
function rateParts(rates: Rates, tokens: TokenCounts): readonly RatePart[] | null {
  // Only where reasoning has its own rate is it split from output.
  const split = rates.reasoning === null ? 0n : tokens.reasoning;
  const counts = [
    ...tokenClasses.map((tokenClass) => [tokenClass, tokens[tokenClass]] as const),
    ["reasoning", split] as const,
  ].map(([member, count]) => [member, member === "output" ? count - split : count] as const);
  const parts: RatePart[] = [];
  for (const [member, count] of counts) {
    if (count === 0n) continue;
    const source = containing[member].find((candidate) => rates[candidate] !== null);
    const rate: MaybeRate = source === undefined ? null : rates[source];
    if (rate === null || rate === "inexact") return null;
    parts.push({ rate, tokens: count, standsIn: source !== member });
  }
  return parts;
}

function tierAt(rate: Rate, prompt: bigint): Rate["tiers"][number] | null {
  return rate.tiers.findLast((tier) => prompt > tier.abovePromptTokens) ?? null;
}

function picoAt(rate: Rate, prompt: bigint): bigint {
  return tierAt(rate, prompt)?.pico ?? rate.basePico;
}

function priceId(book: PriceBook, model: PricedModel, period: RatePeriod, size: bigint): string {
  const tiers = Object.values(period.rates).flatMap((rate) =>
    rate === null || rate === "inexact" ? [] : (tierAt(rate, size)?.abovePromptTokens ?? []),
  );
  const tier = tiers.length === 0 ? "" : `>${tiers.reduce((a, b) => (a > b ? a : b))}`;
  return `${book.version}:${model.provider}/${model.id}${periodName(period.holds)}${tier}`;
}

function periodName(holds: RatePeriod["holds"]): string {
  if (holds.type === "from") return `@${holds.at.toISOString().slice(0, 10)}`;
  return holds.type === "daily" ? `@${holds.fromSecond}s-${holds.toSecond}s` : "";
}
