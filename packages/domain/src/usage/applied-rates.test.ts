import { describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { appliedRates, fromPriceRates, toPriceRates } from "./applied-rates.ts";
import { explainPrice } from "./explain-price.ts";
import { priceEvent, type PricedUsage } from "./price-event.ts";
import type { Rates } from "./price-book.ts";
import { shippedPriceBook } from "./shipped-price-book.ts";
import { type TokenCounts, zeroTokens } from "./token-counts.ts";

const tokens: TokenCounts = {
  input: 150_000n,
  cacheRead: 60_000n,
  cacheWrite5m: 0n,
  cacheWrite1h: 0n,
  output: 1_000n,
  reasoning: 400n,
};

function price(model: string, provider: string, counts: TokenCounts): PricedUsage {
  const at = new Date("2026-11-21T12:00:00Z");
  return priceEvent(shippedPriceBook, { provider, model, at, tokens: counts, calls: "one" });
}

describe("rates of a price", () => {
  it("survive as JSON and give the same sum again, for every model of the catalogue", () => {
    const counts = { ...tokens, cacheWrite5m: 31n, cacheWrite1h: 17n };
    let compared = 0;
    for (const provider of shippedPriceBook.providers.values()) {
      for (const name of provider.models.keys()) {
        const priced = price(name, provider.id, counts);
        if (priced.unpriced) continue;
        const rates = fromPriceRates(JSON.parse(JSON.stringify(priced.rates)));
        expect(toPriceRates(rates)).toEqual(priced.rates);
        const sum = explainPrice(rates, counts).reduce(
          (total, line) => total + (line.amountPico ?? 0n),
          0n,
        );
        expect(sum).toBe(priced.costPico);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  });

  it("are those of the tier that the prompt reaches", () => {
    const priced = price("gemini-2.5-pro", "google", tokens);
    expect(priced).toMatchObject({
      rates: { input: "2500000", cacheRead: "250000", output: "15000000" },
      cacheSavedPico: 60_000n * 2_250_000n,
    });
  });

  it("are the same object for every event of one identity", () => {
    const [one, two] = [price("gpt-5", "openai", tokens), price("gpt-5", "openai", zeroTokens)];
    if (one.unpriced || two.unpriced) throw new Error("gpt-5 has a price");
    expect(one.rates).toBe(two.rates);
    expect(one.priceId).toBe(two.priceId);
  });

  it("keep reasoning apart only where it has a rate of its own", () => {
    const flat = (basePico: bigint) => ({ basePico, tiers: [] });
    const rates: Rates = {
      input: flat(1n),
      cacheRead: "inexact",
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: flat(10n),
      reasoning: flat(100n),
    };
    const lines = explainPrice(appliedRates(rates, 0n), { ...tokens, cacheWrite1h: 5n });
    expect(lines).toEqual([
      {
        tokenClass: "input",
        tokens: 150_000n,
        picoPerToken: 1n,
        amountPico: 150_000n,
        rateOf: null,
      },
      {
        tokenClass: "cacheRead",
        tokens: 60_000n,
        picoPerToken: null,
        amountPico: null,
        rateOf: null,
      },
      { tokenClass: "cacheWrite1h", tokens: 5n, picoPerToken: 1n, amountPico: 5n, rateOf: "input" },
      { tokenClass: "output", tokens: 600n, picoPerToken: 10n, amountPico: 6_000n, rateOf: null },
      {
        tokenClass: "reasoning",
        tokens: 400n,
        picoPerToken: 100n,
        amountPico: 40_000n,
        rateOf: null,
      },
    ]);
    expect(explainPrice(appliedRates({ ...rates, reasoning: null }, 0n), tokens).at(-1)).toEqual({
      tokenClass: "output",
      tokens: 1_000n,
      picoPerToken: 10n,
      amountPico: 10_000n,
      rateOf: null,
    });
  });

  it.each([
    { input: "1" },
    { input: "-1", cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: "1" },
    { input: 1, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: "1" },
    null,
  ])("are refused in another shape: %j", (json) => {
    expect(() => fromPriceRates(json)).toThrow(ZodError);
  });
});
