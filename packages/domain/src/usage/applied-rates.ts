import { z } from "zod";
import type { MaybeRate, Rate, Rates } from "./price-book.ts";
import { type TokenClass, tokenClasses } from "./token-counts.ts";

/**
 * What a token of each class costs, pico-dollars, once time and size of a call have picked the
 * period and tier. Null: no usable rate, so tokens of that class have no price.
 */
export type AppliedRates = Readonly<Record<TokenClass, bigint | null>> & {
  /** Rate of the reasoning part of output; `"as_output"` where it costs what all output costs. */
  readonly reasoning: bigint | null | "as_output";
  /** Classes without a rate of their own, with the class whose rate they take. */
  readonly standsIn: Readonly<Partial<Record<TokenClass, TokenClass>>>;
};

const picoText = z.string().regex(/^\d+$/).nullable();

/** {@link AppliedRates} as JSON: decimal strings of pico-dollars per token. */
export const PriceRates = z.object({
  input: picoText,
  cacheRead: picoText,
  cacheWrite5m: picoText,
  cacheWrite1h: picoText,
  output: picoText,
  /** Absent where reasoning costs what all output costs. */
  reasoning: picoText.optional(),
  standsIn: z.partialRecord(z.enum(tokenClasses), z.enum(tokenClasses)).optional(),
});
export type PriceRates = z.infer<typeof PriceRates>;

/** What a class costs when it has no rate of its own: the class that contains it. */
const containing: Readonly<Record<TokenClass, readonly TokenClass[]>> = {
  input: ["input"],
  cacheRead: ["cacheRead", "input"],
  cacheWrite5m: ["cacheWrite5m", "input"],
  cacheWrite1h: ["cacheWrite1h", "cacheWrite5m", "input"],
  output: ["output"],
};

/** The rates for calls with a prompt of `promptTokens`. */
export function appliedRates(rates: Rates, promptTokens: bigint): AppliedRates {
  const source = (tokenClass: TokenClass): TokenClass | undefined =>
    containing[tokenClass].find((candidate) => rates[candidate] !== null);
  const pico = (tokenClass: TokenClass): bigint | null => {
    const from = source(tokenClass);
    return from === undefined ? null : picoOf(rates[from], promptTokens);
  };
  const standsIn = tokenClasses.flatMap((tokenClass) => {
    const from = source(tokenClass);
    return from === undefined || from === tokenClass ? [] : [[tokenClass, from] as const];
  });
  return {
    input: pico("input"),
    cacheRead: pico("cacheRead"),
    cacheWrite5m: pico("cacheWrite5m"),
    cacheWrite1h: pico("cacheWrite1h"),
    output: pico("output"),
    reasoning: rates.reasoning === null ? "as_output" : picoOf(rates.reasoning, promptTokens),
    standsIn: Object.fromEntries(standsIn),
  };
}

/** The tier that holds for a prompt, null for the base rate. */
function tierAt(rate: Rate, promptTokens: bigint): Rate["tiers"][number] | null {
  return rate.tiers.findLast((tier) => promptTokens > tier.abovePromptTokens) ?? null;
}

function picoOf(rate: MaybeRate, promptTokens: bigint): bigint | null {
  if (rate === null || rate === "inexact") return null;
  return tierAt(rate, promptTokens)?.pico ?? rate.basePico;
}

/** As stored beside the identity of a price, so that a figure can be explained without its book. */
export function toPriceRates(rates: AppliedRates): PriceRates {
  const { reasoning, standsIn } = rates;
  return {
    input: rates.input?.toString() ?? null,
    cacheRead: rates.cacheRead?.toString() ?? null,
    cacheWrite5m: rates.cacheWrite5m?.toString() ?? null,
    cacheWrite1h: rates.cacheWrite1h?.toString() ?? null,
    output: rates.output?.toString() ?? null,
    ...(reasoning === "as_output" ? {} : { reasoning: reasoning?.toString() ?? null }),
    ...(Object.keys(standsIn).length === 0 ? {} : { standsIn }),
  };
}

/** Back from JSON; throws a ZodError for what is no such shape. */
export function fromPriceRates(json: unknown): AppliedRates {
  const rates = PriceRates.parse(json);
  const pico = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    input: pico(rates.input),
    cacheRead: pico(rates.cacheRead),
    cacheWrite5m: pico(rates.cacheWrite5m),
    cacheWrite1h: pico(rates.cacheWrite1h),
    output: pico(rates.output),
    reasoning: rates.reasoning === undefined ? "as_output" : pico(rates.reasoning),
    standsIn: rates.standsIn ?? {},
  };
}
