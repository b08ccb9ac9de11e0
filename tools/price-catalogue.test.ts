import { readFileSync } from "node:fs";
import { calcPrice, type ModelPrice, type Provider, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { picoPerToken } from "@headcount/domain/usage/pico-per-token";
import { priceEvent } from "@headcount/domain/usage/price-event";
import { shippedPriceBook } from "@headcount/domain/usage/shipped-price-book";
import type { TokenCounts } from "@headcount/domain/usage/token-counts";
import { patientMs } from "@headcount/testkit/patience";
import {
  catalogueFile,
  catalogueText,
  installedCatalogue,
} from "./price-catalogue/installed-catalogue.ts";

describe("price-catalogue.json", () => {
  it("is what the installed catalogue package gives: after an upgrade run npm run prices:update", async () => {
    const installed = await installedCatalogue();
    expect(readFileSync(catalogueFile, "utf8") === catalogueText(installed)).toBe(true);
    expect(shippedPriceBook.version).toBe(installed.version);
  });

  it(
    "agrees with the catalogue's own calculation for every model, date and tier",
    { timeout: patientMs(30_000) },
    async () => {
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
          // Names that the catalogue itself resolves to another entry.
          if (resolvedBy(model.id, provider.id) !== model.id) continue;
          const alone = { ...provider, models: [model] };
          for (const time of times) {
            for (const tokens of sizes) {
              const timestamp = new Date(time);
              const theirs = calcTheirs(model.id, alone, timestamp, tokens);
              // Charged by the request.
              if (theirs === null) continue;
              if (theirs.model_price["requests_kcount"] !== undefined) continue;
              const ours = priceEvent(shippedPriceBook, {
                provider: provider.id,
                model: model.id,
                at: timestamp,
                tokens,
                calls: "one",
              });
              if (ours.unpriced) {
                refused.push(theirs.model_price);
                continue;
              }
              compared += 1;
              const usd = Number(ours.costPico) / 1e12;
              if (Math.abs(usd - theirs.total_price) > 1e-9 * Math.max(1, theirs.total_price)) {
                differing.push(
                  `${provider.id}/${model.id} ${time}: ${usd} ≠ ${theirs.total_price}`,
                );
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
    },
  );
});

/** The entry that a name finds among all of a provider, which takes long; null where it finds none. */
function resolvedBy(name: string, providerId: string): string | null {
  return calcPrice({}, name, { providerId })?.model.id ?? null;
}

function calcTheirs(
  model: string,
  provider: Provider,
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
    { provider, timestamp },
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
    .every((price) => price !== undefined && picoPerToken(String(price)) !== null);
}
