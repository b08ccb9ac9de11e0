import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type UsageBucket, usageBuckets } from "@headcount/contract/usage/query-words";
import { cutTime } from "./cut-time.ts";

const zones = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Chatham",
];
const at = (text: string): number => Date.parse(text);
const cut = (zone: string, bucket: UsageBucket, from: string, to: string) =>
  cutTime(zone, bucket, { fromMs: at(from), toMs: at(to) });

describe("cutTime", () => {
  it("lays buckets side by side over the whole range, each with a label of its own", () => {
    const stepMs = 5 * 60_000;
    // Ranges of at most some six hundred buckets.
    const mostSteps: Partial<Record<UsageBucket, number>> = {
      "1s": 2,
      "10s": 20,
      "1min": 120,
      "5min": 600,
      "15min": 1_800,
    };
    const start = fc.integer({ min: at("2024-01-01") / stepMs, max: at("2027-12-01") / stepMs });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...usageBuckets),
        start,
        fc.integer({ min: 1, max: 2_000 }),
        (zone, bucket, first, steps) => {
          const most = mostSteps[bucket] ?? 2_000;
          const range = { fromMs: first * stepMs, toMs: (first + Math.min(steps, most)) * stepMs };
          const slots = cutTime(zone, bucket, range);
          const starts = slots.map((slot) => slot.startsAtMs);
          const ends = slots.map((slot) => slot.endsAtMs);
          expect([...starts, range.toMs]).toEqual([range.fromMs, ...ends]);
          expect(slots.every((slot) => slot.endsAtMs > slot.startsAtMs)).toBe(true);
          expect(new Set(slots.map((slot) => slot.label)).size).toBe(slots.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives days of 23 and 25 hours where clocks change", () => {
    const hours = (from: string, to: string) =>
      cut("America/New_York", "day", from, to).map(
        (slot) => (slot.endsAtMs - slot.startsAtMs) / 3_600_000,
      );
    expect(hours("2026-03-07T05:00Z", "2026-03-10T04:00Z")).toEqual([24, 23, 24]);
    expect(hours("2026-10-31T04:00Z", "2026-11-03T05:00Z")).toEqual([24, 25, 24]);
  });

  it("keeps the two runs of an hour that happens twice apart", () => {
    const slots = cut("Europe/Berlin", "hour", "2026-10-24T23:00Z", "2026-10-25T03:00Z");
    expect(slots.map((slot) => slot.label)).toEqual([
      "2026-10-25 01:00",
      "2026-10-25 02:00",
      "2026-10-25 02:00 +01:00",
      "2026-10-25 03:00",
    ]);
  });

  it("begins hours at the zone's own full hours", () => {
    const slots = cut("Asia/Kathmandu", "hour", "2026-11-21T00:00Z", "2026-11-21T02:00Z");
    expect(slots.map((slot) => [slot.label, slot.isCut])).toEqual([
      ["2026-11-21 05:00", true],
      ["2026-11-21 06:00", false],
      ["2026-11-21 07:00", true],
    ]);
    expect(slots[1]?.startsAtMs).toBe(at("2026-11-21T00:15Z"));
  });

  it("names weeks by ISO 8601 and marks the cut ones", () => {
    const slots = cut("UTC", "week", "2026-12-30T00:00Z", "2027-01-11T00:00Z");
    expect(slots.map((slot) => [slot.label, slot.isCut])).toEqual([
      ["2026-W53", true],
      ["2027-W01", false],
    ]);
  });

  it("follows the calendar with months", () => {
    const slots = cut("Asia/Kolkata", "month", "2027-01-31T18:30Z", "2027-03-31T18:30Z");
    expect(slots.map((slot) => slot.label)).toEqual(["2027-02", "2027-03"]);
    expect(slots[0]?.endsAtMs).toBe(at("2027-02-28T18:30Z"));
  });
});
