import type { PriceOverrideId } from "@headcount/contract/kit/ids";
import { describe, expect, it } from "vitest";
import { priceEvent, type PricedUsage } from "./price-event.ts";
import type { PriceOverride } from "./price-book.ts";
import { catalogueVersion, shippedPriceBook } from "./shipped-price-book.ts";
import { zeroTokens } from "./token-counts.ts";
import { withOverrides } from "./with-overrides.ts";

const rate = (basePico: bigint) => ({ basePico, tiers: [] });
const override = (
  over: Partial<PriceOverride> & { readonly pico?: bigint } = {},
): PriceOverride => ({
  id: "01" as PriceOverrideId,
  provider: "anthropic",
  model: "claude-opus-4-5",
  startsAt: new Date("2026-11-10T12:00:00Z"),
  endsAt: null,
  rates: {
    input: rate(over.pico ?? 7n),
    cacheRead: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
    output: rate(over.pico ?? 7n),
    reasoning: null,
  },
  ...over,
});

const listPico = 5_000_000n;

function price(
  overrides: readonly PriceOverride[],
  use: { provider?: string | null; model?: string; at?: string },
): PricedUsage {
  return priceEvent(withOverrides(shippedPriceBook, overrides), {
    provider: use.provider === undefined ? "anthropic" : use.provider,
    model: use.model ?? "claude-opus-4-5",
    at: new Date(use.at ?? "2026-11-21T12:00:00Z"),
    tokens: { ...zeroTokens, input: 1n },
    calls: "one",
  });
}

describe("withOverrides", () => {
  it("lets a price begin and end in the middle of a day", () => {
    const half = [override({ endsAt: new Date("2026-11-20T18:30:00Z") })];
    const costs = [
      "2026-11-10T11:59:59.999Z",
      "2026-11-10T12:00:00Z",
      "2026-11-20T18:29:59.999Z",
      "2026-11-20T18:30:00Z",
    ].map((at) => price(half, { at }));
    const agreed = { costPico: 7n, priceId: "override:01:anthropic/claude-opus-4-5" };
    const listed = { costPico: listPico, priceId: `${catalogueVersion}:anthropic/claude-opus-4-5` };
    expect(costs).toEqual(
      [listed, agreed, agreed, listed].map((part) => expect.objectContaining(part)),
    );
  });

  it("lets the latest start decide, and of equal starts the later made", () => {
    const from = (id: string, startsAt: string, pico: bigint) =>
      override({ id: id as PriceOverrideId, startsAt: new Date(startsAt), pico });
    const list = [
      from("02", "2026-11-12T00:00:00Z", 2n),
      from("03", "2026-11-11T00:00:00Z", 3n),
      from("04", "2026-11-12T00:00:00Z", 4n),
    ];
    expect(price(list, {})).toMatchObject({ costPico: 4n });
    expect(price(list, { at: "2026-11-11T13:00:00Z" })).toMatchObject({ costPico: 3n });
  });

  it.each([
    ["anthropic", "claude-opus-4-5-20251101", 7n],
    ["claude", "Claude-Opus-4.5[1m]", 7n],
    ["anthropic", "claude-opus-4-1", 15_000_000n],
    ["some-relay", "claude-opus-4-5", listPico],
    [null, "claude-opus-4-5", 7n],
    [null, "anthropic/claude-opus-4-5", 7n],
  ])("holds for the model that %s %s names, and for no neighbour", (provider, model, costPico) => {
    expect(price([override()], { provider, model })).toMatchObject({ costPico });
  });

  it("prices models that no catalogue knows, by their exact name only", () => {
    const own = [override({ provider: "ollama", model: "Qwen3:32b", pico: 0n })];
    expect(price(own, { provider: "ollama", model: "qwen3:32b" })).toMatchObject({
      unpriced: false,
      costPico: 0n,
      estimate: false,
    });
    expect(price(own, { provider: "ollama", model: "qwen3:8b" })).toEqual({ unpriced: true });
    expect(price(own, { provider: "vllm", model: "qwen3:32b" })).toEqual({ unpriced: true });
    const early = { provider: "ollama", model: "qwen3:32b", at: "2026-11-01T00:00:00Z" };
    expect(price(own, early)).toEqual({ unpriced: true });
  });

  it("serves reports without a provider under the name unknown", () => {
    const own = [override({ provider: "unknown", model: "house/model-7" })];
    expect(price(own, { provider: null, model: "house/model-7" })).toMatchObject({ costPico: 7n });
    expect(price(own, { provider: "house", model: "house/model-7" })).toEqual({ unpriced: true });
  });

  it("says estimate where a class takes the rate of another one", () => {
    const book = withOverrides(shippedPriceBook, [override()]);
    const priced = priceEvent(book, {
      provider: "anthropic",
      model: "claude-opus-4-5",
      at: new Date("2026-11-21T12:00:00Z"),
      tokens: { ...zeroTokens, cacheRead: 3n },
      calls: "one",
    });
    expect(priced).toMatchObject({ costPico: 21n, cacheSavedPico: 0n, estimate: true });
  });
});
