import { expect, test } from "vitest";
import type { RepricingPreview } from "@headcount/contract/usage/price-schemas";
import { addPreviews } from "./add-previews.ts";

const sums = (events: number, tokens: number | string, before: string, after: string) => ({
  events,
  tokens,
  costBeforeUsd: before,
  costAfterUsd: after,
  notionalBeforeUsd: "0",
  notionalAfterUsd: "0.000000000001",
});

test("two pages of a preview become one, exactly, model by model", () => {
  const one: RepricingPreview = {
    ...sums(3, Number.MAX_SAFE_INTEGER, "0.1", "0.3"),
    examined: 10,
    byModel: [{ provider: "lab", model: "a", prices: ["p1"], ...sums(3, 7, "0.1", "0.3") }],
    withoutPrice: [{ provider: "lab", model: "c", events: 1, tokens: 5 }],
    nextCursor: "more",
  };
  const other: RepricingPreview = {
    ...sums(2, 1, "0.2", "-0.3"),
    examined: 4,
    byModel: [
      { provider: "lab", model: "a", prices: ["p1", "p2"], ...sums(1, 1, "0.2", "0") },
      { provider: "house", model: "a", prices: ["p3"], ...sums(1, 0, "0", "-0.3") },
    ],
    withoutPrice: [{ provider: "lab", model: "c", events: 2, tokens: "9007199254740993" }],
    nextCursor: null,
  };
  expect(addPreviews(one, other)).toEqual({
    ...sums(5, "9007199254740992", "0.3", "0"),
    notionalAfterUsd: "0.000000000002",
    examined: 14,
    byModel: [
      {
        provider: "lab",
        model: "a",
        prices: ["p1", "p2"],
        ...sums(4, 8, "0.3", "0.3"),
        notionalAfterUsd: "0.000000000002",
      },
      { provider: "house", model: "a", prices: ["p3"], ...sums(1, 0, "0", "-0.3") },
    ],
    withoutPrice: [{ provider: "lab", model: "c", events: 3, tokens: "9007199254740998" }],
    nextCursor: null,
  });
});
