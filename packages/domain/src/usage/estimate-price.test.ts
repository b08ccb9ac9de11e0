import type { PriceOverrideId } from "@headcount/contract/kit/ids";
import fc from "fast-check";
import { expect, it } from "vitest";
import { estimatePrice } from "./estimate-price.ts";
import { picoPerToken } from "./pico-per-token.ts";
import { priceEvent } from "./price-event.ts";
import { mapTokens, tokenClasses, zeroTokens } from "./token-counts.ts";
import { withOverrides } from "./with-overrides.ts";

const none = { input: "", cacheRead: "", cacheWrite5m: "", cacheWrite1h: "", output: "" };

it("a class without a rate costs what contains it", () => {
  const tokens = { ...zeroTokens, input: 10n, cacheRead: 100n, output: 1n };
  // 110 × 2 + 1 × 8 dollars per million, in pico-dollars.
  expect(estimatePrice({ ...none, input: "2", output: "8" }, tokens)).toBe(228_000_000n);
});

it("is unknown while a rate that is needed is missing or no number", () => {
  const tokens = { ...zeroTokens, input: 10n };
  expect(estimatePrice(none, tokens)).toBeNull();
  expect(estimatePrice({ ...none, input: "a lot" }, tokens)).toBeNull();
  expect(estimatePrice({ ...none, input: "0" }, tokens)).toBe(0n);
});

it("is what the book will say once the price is set", () => {
  const rate = fc.constantFrom("", "0", "0.075", "3", "15.5");
  const count = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(
    fc.property(
      fc.record({ cacheRead: rate, cacheWrite5m: rate, cacheWrite1h: rate }),
      fc.array(count, { minLength: 5, maxLength: 5 }),
      (typed, counts) => {
        const rates = { ...none, ...typed, input: "3", output: "15" };
        const tokens = mapTokens((member) =>
          member === "reasoning" ? 0n : (counts[tokenClasses.indexOf(member)] ?? 0n),
        );
        const stored = (text: string) => {
          const pico = picoPerToken(text);
          return pico === null ? null : { basePico: pico, tiers: [] };
        };
        const book = withOverrides({ version: "none", providers: new Map() }, [
          {
            id: "0190a000-0000-7000-8000-000000000000" as PriceOverrideId,
            provider: "local",
            model: "house-model",
            startsAt: new Date(0),
            endsAt: null,
            rates: {
              input: stored(rates.input),
              cacheRead: stored(rates.cacheRead),
              cacheWrite5m: stored(rates.cacheWrite5m),
              cacheWrite1h: stored(rates.cacheWrite1h),
              output: stored(rates.output),
              reasoning: null,
            },
          },
        ]);
        const priced = priceEvent(book, {
          provider: "local",
          model: "house-model",
          at: new Date(),
          tokens,
          calls: "several",
        });
        expect(priced.unpriced ? null : priced.costPico).toBe(estimatePrice(rates, tokens));
      },
    ),
  );
});
