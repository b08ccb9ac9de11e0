import { describe, expect, it } from "vitest";
import { budgetCourse } from "./budget-course.ts";

const hourMs = 3_600_000;
const day = { kind: "day", zone: "UTC", resetHour: 0 } as const;
const midnight = Date.UTC(2026, 10, 18);
const hours = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => midnight + (first + at) * hourMs);

describe("budgetCourse", () => {
  it("ends at what is spent now, and starts from nothing at every reset that is shown", () => {
    const course = budgetCourse({
      window: day,
      timesMs: hours(-3, 6),
      endsAtMs: midnight + 3 * hourMs,
      amounts: [1, 2, 3, 4, 5, 6],
      nowMs: midnight + 2.5 * hourMs,
      spent: 15,
    });
    expect(course.values).toEqual([null, null, null, 4, 9, 15]);
    expect(course.resetsAtMs).toEqual([midnight, midnight + 24 * hourMs]);
    expect(course.heading).toBeNull();
  });

  it("knows what was spent before the first bucket of the window that is running", () => {
    const { values } = budgetCourse({
      window: { kind: "none" },
      timesMs: hours(5, 3),
      endsAtMs: midnight + 8 * hourMs,
      amounts: [1, null, 2],
      nowMs: midnight + 7.5 * hourMs,
      spent: 103,
    });
    expect(values).toEqual([101, null, 103]);
  });

  it("heads for the end of the window, between its calmer and its busier half", () => {
    const { heading } = budgetCourse({
      window: day,
      timesMs: hours(2, 4),
      endsAtMs: midnight + 6 * hourMs,
      amounts: [1, 1, 3, 3],
      nowMs: midnight + 6 * hourMs,
      spent: 10,
    });
    expect(heading).toMatchObject({ fromValue: 10, toMs: midnight + 24 * hourMs });
    expect([heading?.lowValue, heading?.toValue, heading?.highValue]).toEqual([28, 46, 64]);
  });
});
