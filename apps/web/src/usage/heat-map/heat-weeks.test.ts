import { expect, it } from "vitest";
import { heatSpan, heatWeeks, moveDay } from "./heat-weeks.ts";

// A Wednesday in Kathmandu, still Tuesday in UTC.
const span = heatSpan("Asia/Kathmandu", Date.parse("2026-11-17T20:00:00Z"));

it("26 weeks end with the present one, whose days to come are not there", () => {
  expect(span.today).toBe("2026-11-18");
  expect(span.firstDay).toBe("2026-05-25");
  expect(span.rows.map((row) => row.length)).toEqual(Array.from({ length: 7 }, () => heatWeeks));
  expect(span.rows.map((row) => row.at(-1))).toEqual([
    "2026-11-16",
    "2026-11-17",
    "2026-11-18",
    null,
    null,
    null,
    null,
  ]);
});

it("each month stands above its first week that begins in it, where there is room for its name", () => {
  expect(span.months.map(({ week, day }) => [week, day])).toEqual([
    [1, "2026-06-01"],
    [6, "2026-07-06"],
    [10, "2026-08-03"],
    [15, "2026-09-07"],
    [19, "2026-10-05"],
    [23, "2026-11-02"],
  ]);
});

it("keys go from day to day, over the ends of weeks, and never to a day that is not there", () => {
  const from = (key: string, week: number, weekday: number) =>
    moveDay(key, { week, weekday }, span);
  expect(from("ArrowDown", 3, 6)).toEqual({ week: 4, weekday: 0 });
  expect(from("ArrowUp", 3, 0)).toEqual({ week: 2, weekday: 6 });
  expect(from("ArrowRight", 25, 2)).toEqual({ week: 25, weekday: 2 });
  expect(from("ArrowDown", 25, 2)).toEqual({ week: 25, weekday: 2 });
  expect(from("ArrowUp", 0, 0)).toEqual({ week: 0, weekday: 0 });
  expect(from("End", 0, 5)).toEqual({ week: 24, weekday: 5 });
  expect(from("Enter", 0, 0)).toBeNull();
});
