import { calcPrice, type ModelPrice, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { picoPerToken } from "./catalogue-price-book.ts";
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

describe("picoPerToken", () => {
  it.each([
    [0.075, 75_000n],
    [3, 3_000_000n],
    [0, 0n],
    [1e-6, 1n],
    [1e-7, null],
    [0.08333333333333334, null],
    [0.1 + 0.2, null],
    [1e21, 10n ** 27n],
    [Number.NaN, null],
    [-1, null],
  ])("$%d per million tokens is %s pico-dollars per token", (usd, pico) => {
    expect(picoPerToken(usd)).toBe(pico);
  });
});

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
      rates: expect.objectContaining({ input: 5_000_000n, standsIn: {} }),
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
});

describe("shippedPriceBook", () => {
  it("is named after the package that is installed", () => {
    const pinned = manifest.dependencies["@pydantic/genai-prices"];
    expect(catalogueVersion).toBe(`genai-prices-${pinned}`);
  });

  it("agrees with the catalogue's own calculation for every model, date and tier", async () => {
    const providers = (await waitForUpdate()) ?? [];
    const times = ["2025-06-01T03:00:00Z", "2026-08-01T12:00:00Z", "2026-11-21T20:00:00Z"];
    const sizes: readonly TokenCounts[] = [
      {
        input: 1_234n,
        cacheRead: 567n,
        cacheWrite5m: 0n,
        cacheWrite1h: 0n,
        output: 89n,
        reasoning: 8n,
      },
      {
        input: 150_001n,
        cacheRead: 150_000n,
        cacheWrite5m: 0n,
        cacheWrite1h: 0n,
        output: 7n,
        reasoning: 0n,
      },
      {
        input: 10n,
        cacheRead: 20n,
        cacheWrite5m: 30n,
        cacheWrite1h: 40n,
        output: 50n,
        reasoning: 0n,
      },
    ];
    let compared = 0;
    const differing: string[] = [];
    const refused: ModelPrice[] = [];
    for (const provider of providers) {
      for (const model of provider.models) {
        for (const time of times) {
          for (const tokens of sizes) {
            const timestamp = new Date(time);
            const theirs = calcTheirs(model.id, provider.id, timestamp, tokens);
            // Names that the catalogue itself resolves to another entry, or charges by the request.
            if (theirs === null || theirs.model.id !== model.id) continue;
            if (theirs.model_price["requests_kcount"] !== undefined) continue;
            const ours = price({ provider: provider.id, model: model.id, at: timestamp, tokens });
            if (ours.unpriced) {
              refused.push(theirs.model_price);
              continue;
            }
            compared += 1;
            const usd = Number(ours.costPico) / 1e12;
            if (Math.abs(usd - theirs.total_price) > 1e-9 * Math.max(1, theirs.total_price)) {
              differing.push(`${provider.id}/${model.id} ${time}: ${usd} ≠ ${theirs.total_price}`);
            }
          }
        }
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
    // Everything refused lacks a whole rate for some of its tokens in the catalogue itself.
    expect(refused.filter((prices) => everyRateIsWhole(prices))).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
  }, 30_000);
});

function calcTheirs(
  model: string,
  providerId: string,
  timestamp: Date,
  tokens: TokenCounts,
): ReturnType<typeof calcPrice> {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = tokens;
  return calcPrice(
    {
      input_tokens: Number(input + cacheRead + cacheWrite5m + cacheWrite1h),
      cache_read_tokens: Number(cacheRead),
      cache_write_tokens: Number(cacheWrite5m + cacheWrite1h),
      cache_write_1h_tokens: Number(cacheWrite1h),
      output_tokens: Number(output),
      output_reasoning_tokens: Number(reasoning),
    },
    model,
    { providerId, timestamp },
  );
}

/** Whether input, output and every stated cache rate are whole numbers of pico-dollars. */
function everyRateIsWhole(prices: ModelPrice): boolean {
  const stated = ["cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok"]
    .map((key) => prices[key])
    .filter((price) => price !== undefined);
  return [prices["input_mtok"], prices["output_mtok"], ...stated]
    .flatMap((price) =>
      typeof price === "object" ? [price.base, ...price.tiers.map((tier) => tier.price)] : [price],
    )
    .every((price) => price !== undefined && picoPerToken(price) !== null);
}
