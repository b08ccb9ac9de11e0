import { describe, expect, it } from "vitest";
import { type PriceBook, withModels } from "./price-book.ts";
import { isPriced, priceEvent, type PricedUsage, type UsageToPrice } from "./price-event.ts";
import { catalogueVersion, shippedPriceBook } from "./shipped-price-book.ts";
import { type TokenCounts, zeroTokens } from "./token-counts.ts";

const at = new Date("2026-11-21T12:00:00Z");
const use = (over: Partial<UsageToPrice> = {}): UsageToPrice => ({
  provider: "anthropic",
  model: "claude-opus-4-5",
  at,
  tokens: { ...zeroTokens, input: 1_000_000n },
  calls: "one",
  ...over,
});
const price = (over: Partial<UsageToPrice> = {}): PricedUsage =>
  priceEvent(shippedPriceBook, use(over));
const unpriced = { unpriced: true };

describe("priceEvent", () => {
  it("prices every class apart, exactly", () => {
    const tokens = {
      input: 3n,
      cacheRead: 7n,
      cacheWrite5m: 11n,
      cacheWrite1h: 13n,
      output: 17n,
      reasoning: 5n,
    };
    // Opus 4.5 per million tokens: 5 in, 0.5 read, 6.25 and 10 written, 25 out.
    const costPico =
      3n * 5_000_000n + 7n * 500_000n + 11n * 6_250_000n + 13n * 10_000_000n + 17n * 25_000_000n;
    expect(price({ tokens })).toEqual({
      unpriced: false,
      costPico,
      cacheSavedPico: 7n * 4_500_000n - 11n * 1_250_000n - 13n * 5_000_000n,
      priceId: `${catalogueVersion}:anthropic/claude-opus-4-5`,
      rates: {
        input: "5000000",
        cacheRead: "500000",
        cacheWrite5m: "6250000",
        cacheWrite1h: "10000000",
        output: "25000000",
      },
      estimate: false,
    });
  });

  it("uses the price in force at the time of use", () => {
    const luna = {
      provider: "openai",
      model: "gpt-5.6-luna",
      tokens: { ...zeroTokens, input: 1n },
    };
    expect(price({ ...luna, at: new Date("2026-07-29T23:59:59Z") })).toMatchObject({
      costPico: 1_000_000n,
    });
    expect(price({ ...luna, at: new Date("2026-07-30T00:00:00Z") })).toMatchObject({
      costPico: 200_000n,
      priceId: `${catalogueVersion}:openai/gpt-5.6-luna@2026-07-30`,
    });
  });

  it("uses the tier of the prompt, cache included, strictly above its start", () => {
    const pro = { provider: "google", model: "gemini-2.5-pro" };
    const tokens = { ...zeroTokens, input: 100_000n, cacheRead: 100_000n, output: 1n };
    const small = 100_000n * 1_250_000n + 100_000n * 125_000n + 10_000_000n;
    expect(price({ ...pro, tokens })).toMatchObject({ costPico: small, estimate: false });
    const large = 100_001n * 2_500_000n + 100_000n * 250_000n + 15_000_000n;
    expect(price({ ...pro, tokens: { ...tokens, input: 100_001n } })).toMatchObject({
      costPico: large,
      priceId: `${catalogueVersion}:google/gemini-2.5-pro>200000`,
      estimate: false,
    });
  });

  it("says estimate where the size of each prompt is unknown and could matter", () => {
    const pro = { provider: "google", model: "gemini-2.5-pro", calls: "several" } as const;
    const tokens = { ...zeroTokens, input: 200_000n };
    expect(price({ ...pro, tokens })).toMatchObject({ estimate: false });
    expect(price({ ...pro, tokens: { ...tokens, output: 1n, input: 200_001n } })).toMatchObject({
      estimate: true,
      costPico: 200_001n * 1_250_000n + 10_000_000n,
    });
  });

  it.each([
    ["anthropic", "claude-opus-4-5-20251101", false],
    ["anthropic", "claude-opus-4.5", false],
    ["anthropic", "anthropic/claude-opus-4-5[1m]", false],
    ["Anthropic", "Claude-Opus-4-5", false],
    ["claude", "claude-opus-4-5", false],
    [null, "anthropic/claude-opus-4-5", false],
    [null, "claude-opus-4-5", true],
    ["some-relay", "claude-opus-4-5", true],
  ])("finds %s %s (estimate: %s)", (provider, model, estimate) => {
    expect(price({ provider, model })).toMatchObject({ costPico: 5_000_000_000_000n, estimate });
  });

  it.each([
    ["anthropic", "claude-opus-4-99"],
    ["anthropic", "claude-opus-4-5-turbo"],
    ["anthropic", "claude"],
    ["openai", "gpt-5-mini-something"],
    ["openai", "gpt-5.99"],
    ["ollama", "gpt-oss-20b"],
    ["headcount", "claude-opus-4-5"],
    [null, ""],
    ["", ""],
    ["__proto__", "constructor"],
  ])("never borrows a neighbour's price for %s %s", (provider, model) => {
    expect(price({ provider, model })).toEqual(unpriced);
    expect(isPriced(shippedPriceBook, provider, model)).toBe(false);
  });

  it("does not price a part: a class without an exact rate leaves the event unpriced", () => {
    const flash = { provider: "openrouter", model: "google/gemini-2.5-flash-lite" };
    expect(price(flash)).toMatchObject({ unpriced: false });
    expect(price({ ...flash, tokens: { ...zeroTokens, cacheWrite5m: 1n } })).toEqual(unpriced);
  });

  it("prices the tutorial agent at its made-up list price", () => {
    const tokens: TokenCounts = {
      input: 1_000n,
      cacheRead: 2_000n,
      cacheWrite5m: 100n,
      cacheWrite1h: 0n,
      output: 300n,
      reasoning: 0n,
    };
    expect(price({ provider: "headcount", model: "headcount/tutorial", tokens })).toMatchObject({
      unpriced: false,
      costPico: 1_000n * 1_000_000n + 2_000n * 100_000n + 100n * 1_250_000n + 300n * 5_000_000n,
      cacheSavedPico: 2_000n * 900_000n - 100n * 250_000n,
      priceId: `${catalogueVersion}:headcount/headcount/tutorial`,
      estimate: false,
    });
  });

  it("wraps daily prices around midnight", () => {
    const rate = (pico: bigint) => ({ basePico: pico, tiers: [] });
    const rates = (pico: bigint) => ({
      input: rate(pico),
      cacheRead: null,
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: null,
      reasoning: null,
    });
    const night = { type: "daily", fromSecond: 79_200, toSecond: 21_600 } as const;
    const book: PriceBook = withModels(shippedPriceBook, [
      {
        provider: "owl",
        id: "hoot",
        periods: [
          { holds: { type: "always" }, rates: rates(9n), chargesRequests: false },
          { holds: night, rates: rates(2n), chargesRequests: false },
        ],
      },
    ]);
    const costAt = (time: string): unknown => {
      const usage = use({ provider: "owl", model: "hoot", at: new Date(time) });
      return priceEvent(book, { ...usage, tokens: { ...zeroTokens, input: 1n } });
    };
    expect(costAt("2026-01-01T21:59:59.999Z")).toMatchObject({ costPico: 9n });
    expect(costAt("2026-01-01T22:00:00Z")).toMatchObject({ costPico: 2n });
    expect(costAt("2026-01-01T05:59:59Z")).toMatchObject({ costPico: 2n });
    expect(costAt("2026-01-01T06:00:00Z")).toMatchObject({ costPico: 9n });
  });

  it("keeps to its prices however many names it has been asked for", () => {
    for (let name = 0; name < 12_000; name += 1) {
      expect(price({ model: `made-up-${name}` })).toEqual(unpriced);
    }
    expect(price()).toMatchObject({ costPico: 5_000_000_000_000n });
    expect(price({ model: "made-up-1" })).toEqual(unpriced);
  });

  it("never mixes up a provider and a name that read alike together", () => {
    expect(price({ provider: "anthropic", model: "claude-opus-4-5" })).toMatchObject({
      unpriced: false,
    });
    expect(price({ provider: "anthropic\nclaude", model: "opus-4-5" })).toEqual(unpriced);
    expect(price({ provider: "", model: "anthropicclaude-opus-4-5" })).toEqual(unpriced);
  });
});
