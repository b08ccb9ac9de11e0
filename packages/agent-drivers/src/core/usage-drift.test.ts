import { describe, expect, it } from "vitest";
import type { UsageObservation, UsageTotals } from "./types.ts";
import { noUsage } from "./usage-counts.ts";
import { createStreamedUsage } from "./usage-drift.ts";

const totals = (model: string, input: number): UsageTotals => ({
  ...noUsage,
  model,
  provider: "acme",
  role: "main",
  input,
});
const seen = (key: string, model: string, input: number): UsageObservation => ({
  ...totals(model, input),
  key,
  cumulative: true,
  source: "test",
  reportedCostUsd: null,
  reportedCostBasis: null,
  raw: null,
});

describe("drift between a stream and its final account", () => {
  it("is the difference per model, whichever side knows more", () => {
    const streamed = createStreamedUsage();
    for (const usage of [seen("a", "large", 10), seen("a", "large", 30), seen("b", "tiny", 9)]) {
      streamed.note(usage);
    }
    expect(streamed.driftOf([totals("large", 30), totals("small", 4), totals("tiny", 5)])).toEqual([
      { model: "small", tokens: 4 },
      { model: "tiny", tokens: -4 },
    ]);
  });

  it("is nothing where both agree, or where there is only one of them", () => {
    const streamed = createStreamedUsage();
    expect(streamed.driftOf([totals("large", 30)])).toEqual([]);
    streamed.note(seen("a", "large", 30));
    expect(streamed.driftOf([totals("large", 30)])).toEqual([]);
    expect(streamed.driftOf([])).toEqual([]);
  });
});
