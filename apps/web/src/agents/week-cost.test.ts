import { expect, test } from "vitest";
import { weekCost } from "./week-cost.ts";

const day = (costUsd: string | null) => ({ date: "2026-11-21", tasks: 1, costUsd });

test("the week's cost is the exact sum of its priced days", () => {
  const cost = weekCost({ recentDays: [day("0.1"), day("0.2"), day(null), day("0.000000000001")] });
  expect(cost).toBe("0.300000000001");
});

test("a week without any price is unpriced, not free", () => {
  expect(weekCost({ recentDays: [day(null), day(null)] })).toBeNull();
  expect(weekCost({ recentDays: [] })).toBeNull();
});
