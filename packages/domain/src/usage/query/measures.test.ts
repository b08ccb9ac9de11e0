import { expect, it } from "vitest";
import { usageMetrics } from "@headcount/contract/usage/query-words";
import { figureOf, figuresFor, figuresOf, nothing } from "./measures.ts";

const of = (sums: Record<string, bigint>) => ({ sums, agents: new Set(["a", "b"]) });

it("shows counts as numbers, and how many agents there are", () => {
  const measured = of({ tokens: 11_111n, reasoning: 9_000n });
  expect(figuresFor(["tokens", "reasoning", "tasks", "active_agents"], measured)).toEqual({
    tokens: 11_111,
    reasoning: 9_000,
    tasks: 0,
    active_agents: 2,
  });
});

it("never shows usage without a price as free, and no usage as unknown", () => {
  expect(figureOf("cost", of({ events: 2n }))).toBeNull();
  expect(figureOf("cost", of({ events: 2n, priced_events: 1n, cost_pico: 1n }))).toBe(
    "0.000000000001",
  );
  expect(figureOf("cost", nothing)).toBe("0");
  expect(figureOf("cache_savings", of({ cache_saved_pico: -5n }))).toBe("-0.000000000005");
});

it("keeps sums beyond 2^53 exact", () => {
  expect(figureOf("input", of({ input: 9_999_999_999_999_999n }))).toBe("9999999999999999");
});

it("knows what every metric is made of", () => {
  for (const metric of usageMetrics) expect(figuresOf([metric])).not.toEqual([]);
  expect(figuresOf(["cost", "events"])).toEqual(["cost_pico", "events", "priced_events"]);
});
