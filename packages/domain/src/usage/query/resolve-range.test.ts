import { describe, expect, it } from "vitest";
import { resolveRange, type WantedRange } from "./resolve-range.ts";

const nowMs = Date.parse("2026-11-21T18:50:00Z");
const resolve = (wanted: Partial<WantedRange>) => {
  const decision = resolveRange({ zone: "UTC", nowMs, bucket: null, ...wanted });
  if (!decision.ok) return decision.reason;
  const { fromMs, toMs } = decision.value;
  return [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
};

describe("resolveRange", () => {
  it.each([
    ["30 whole days unless stated", {}, "2026-10-23T00:00:00.000Z", "2026-11-22T00:00:00.000Z"],
    [
      "whole local days that end with today",
      { days: 2, zone: "Asia/Kolkata" },
      "2026-11-20T18:30:00.000Z",
      "2026-11-22T18:30:00.000Z",
    ],
    [
      "a day that has 25 hours",
      { from: "2026-11-01", to: "2026-11-01", zone: "America/New_York" },
      "2026-11-01T04:00:00.000Z",
      "2026-11-02T05:00:00.000Z",
    ],
    [
      "days that end with another day",
      { days: 3, to: "2026-03-30", zone: "Europe/Berlin" },
      "2026-03-27T23:00:00.000Z",
      "2026-03-30T22:00:00.000Z",
    ],
    [
      "instants as they are",
      { from: "2026-11-21T10:15:00+02:00", to: "2026-11-21T12:00:00Z" },
      "2026-11-21T08:15:00.000Z",
      "2026-11-21T12:00:00.000Z",
    ],
    [
      "any whole second",
      { from: "2026-11-21T10:07:13Z", to: "2026-11-21T10:08:13Z", bucket: "1s" },
      "2026-11-21T10:07:13.000Z",
      "2026-11-21T10:08:13.000Z",
    ],
    [
      "24 hours in steps of five minutes",
      { from: "2026-11-20T10:05:00Z", to: "2026-11-21T10:05:00Z", bucket: "5min" },
      "2026-11-20T10:05:00.000Z",
      "2026-11-21T10:05:00.000Z",
    ],
  ] as const)("takes %s", (_, wanted, from, to) => {
    expect(resolve(wanted)).toEqual([from, to]);
  });

  it.each([
    [{ days: 3, from: "2026-11-01" }, "days_and_from"],
    [{ from: "2026-11-02", to: "2026-11-01" }, "from_not_before_to"],
    [{ from: "2026-11-21T10:00:00Z", to: "2026-11-21T10:00:00Z" }, "from_not_before_to"],
    [{ from: "2027-01-01" }, "from_not_before_to"],
    [{ from: "2026-11-21T10:07:00.500Z" }, "not_on_whole_second"],
    [{ days: 2, bucket: "1s" }, "too_long_for_bucket"],
    [{ days: 2, bucket: "5min" }, "too_long_for_bucket"],
    [{ days: 90, bucket: "hour" }, "too_long_for_bucket"],
    [{ from: "2005-01-01" }, "too_long"],
    [{ from: "1999-01-01" }, "outside_of_calendar"],
    [{ to: "9999-01-01" }, "outside_of_calendar"],
  ] as const)("refuses %j: %s", (wanted, reason) => {
    expect(resolve(wanted)).toBe(reason);
  });
});
