import { describe, expect, it } from "vitest";
import { UsageSearch } from "../usage-search.ts";
import { boardOrders, orderOf, sortOf } from "./board-order.ts";

describe("the order of a list in the address", () => {
  it("comes back as it was chosen, and the usual one is left out", () => {
    for (const order of boardOrders) {
      expect(orderOf(sortOf(order))).toBe(order === "-cost" ? undefined : order);
    }
    expect(sortOf(undefined)).toEqual({ column: "cost", direction: "down" });
  });

  it("is dropped where no list has such a column or grouping", () => {
    const search = UsageSearch.parse({
      who: "project",
      whoSort: "-name",
      models: "agent",
      modelsSort: "tokens",
      outcomes: "weather",
    });
    expect(search).toEqual({ who: "project", modelsSort: "tokens" });
  });
});
