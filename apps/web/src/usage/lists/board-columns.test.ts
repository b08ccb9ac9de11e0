import { describe, expect, it } from "vitest";
import { columnValue, sortRows } from "./board-columns.ts";

const figures = { cost: "6", tokens: 10, tasks: 4, tasks_done: 3 };

describe("columns of who used it", () => {
  it("work out the success of what ended and the cost of what was done", () => {
    expect(columnValue("success", figures, "cost")).toBe(0.75);
    expect(columnValue("perTask", figures, "cost")).toBe(2);
  });

  it("have no value where nothing ended, was done or has a price", () => {
    expect(columnValue("success", { tasks: 0 }, "cost")).toBeNull();
    expect(columnValue("perTask", { cost: "6", tasks_done: 0 }, "cost")).toBeNull();
    expect(columnValue("perTask", { cost: null, tasks_done: 2 }, "cost")).toBeNull();
    expect(columnValue("cost", { cost: null }, "cost")).toBeNull();
  });

  it("sort with what has no value last, whichever way", () => {
    const rows = [
      { metrics: { cost: "1" } },
      { metrics: { cost: null } },
      { metrics: { cost: "2" } },
    ];
    const costs = (direction: "up" | "down") =>
      sortRows(rows, { column: "cost", direction }, "cost").map((row) => row.metrics.cost);
    expect(costs("down")).toEqual(["2", "1", null]);
    expect(costs("up")).toEqual(["1", "2", null]);
  });
});
