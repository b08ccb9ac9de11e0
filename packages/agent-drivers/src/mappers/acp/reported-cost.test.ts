import { describe, expect, it } from "vitest";
import { reportedCost } from "./reported-cost.ts";

describe("a cost beside the tokens", () => {
  it.each([
    [1, "0.0000000001"],
    [10_000_000_000, "1"],
    [12_345_678_901, "1.2345678901"],
    [9_007_199_254_740_991, "900719.9254740991"],
  ])("of %d ticks is %s dollars", (costUsdTicks, dollars) => {
    expect(reportedCost({ costUsdTicks })).toEqual({
      reportedCostUsd: dollars,
      reportedCostBasis: "billed",
    });
  });

  it.each([
    [{ costUsdTicks: 0 }],
    [{ costUsdTicks: -5 }],
    [{ costUsdTicks: 1.5 }],
    [{ estimatedCost: 1, currency: "CNY" }],
    [{ estimatedCost: 1 }],
    [{ estimatedCost: 0, currency: "USD" }],
    [{}],
  ])("is unknown in %j", (raw) => {
    expect(reportedCost(raw)).toEqual({});
  });

  it("is an estimate where the agent calls it one", () => {
    expect(reportedCost({ estimatedCost: 0.1, currency: "usd" })).toEqual({
      reportedCostUsd: "0.1",
      reportedCostBasis: "estimated",
    });
  });
});
