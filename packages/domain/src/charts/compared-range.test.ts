import { expect, test } from "vitest";
import { alignTimes, comparedRange } from "./compared-range.ts";

const berlin = "Europe/Berlin";
const at = (text: string): number => Date.parse(text);
const text = ({ fromMs, toMs }: { fromMs: number; toMs: number }): readonly string[] =>
  [fromMs, toMs].map((ms) => new Date(ms).toISOString());

test("the previous period of part of a day is the same width right before it", () => {
  const range = { fromMs: at("2026-11-21T10:00Z"), toMs: at("2026-11-21T11:30Z") };
  expect(text(comparedRange({ with: "previous", zone: berlin, range }))).toEqual([
    "2026-11-21T08:30:00.000Z",
    "2026-11-21T10:00:00.000Z",
  ]);
});

test("the previous period of whole days is whole days, also when clocks changed between them", () => {
  const range = { fromMs: at("2026-10-25T22:00Z") + 3_600_000, toMs: at("2026-10-26T23:00Z") };
  expect(text(comparedRange({ with: "previous", zone: berlin, range }))).toEqual([
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
  ]);
});

test("the same weekday is a week back on the clock on the wall", () => {
  const range = { fromMs: at("2026-10-27T11:00Z"), toMs: at("2026-10-27T12:00Z") };
  expect(text(comparedRange({ with: "weekday", zone: berlin, range }))).toEqual([
    "2026-10-20T10:00:00.000Z",
    "2026-10-20T11:00:00.000Z",
  ]);
});

test("ten days are compared with those two weeks before, so that Mondays meet Mondays", () => {
  const range = { fromMs: at("2026-11-10T23:00Z"), toMs: at("2026-11-20T23:00Z") };
  expect(text(comparedRange({ with: "weekday", zone: berlin, range }))[0]).toBe(
    "2026-10-27T23:00:00.000Z",
  );
});

test("instants of the compared range lie on those of the range itself", () => {
  const range = { fromMs: at("2026-10-24T22:00Z"), toMs: at("2026-10-27T23:00Z") };
  for (const choice of ["previous", "weekday"] as const) {
    const comparison = { with: choice, zone: berlin, range };
    const { fromMs, toMs } = comparedRange(comparison);
    expect([...alignTimes([fromMs, toMs], comparison)]).toEqual([range.fromMs, range.toMs]);
  }
});
