import fc from "fast-check";
import { expect, it } from "vitest";
import { localDate, localDay } from "../buckets.ts";
import { dateIn, startOfDate } from "./local-time.ts";
import { offsetStretches } from "./zone-offsets.ts";

const zones = Intl.supportedValuesOf("timeZone");
const quarterMs = 15 * 60_000;
const first = Date.UTC(2016, 0, 1);
const last = Date.UTC(2032, 0, 1);
const quarter = fc
  .integer({ min: first / quarterMs, max: last / quarterMs })
  .map((index) => index * quarterMs);

it("tells the date that the calendar tells, in every zone", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), quarter, (zone, atMs) => {
      expect(dateIn(zone, atMs)).toBe(localDate(zone, new Date(atMs)));
    }),
    { numRuns: 400 },
  );
});

it("finds the same bounds of a day as a search through the calendar", () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), quarter, (zone, atMs) => {
      const date = localDate(zone, new Date(atMs));
      expect(startOfDate(zone, date)).toBe(localDay(zone, date).startsAt.getTime());
    }),
    { numRuns: 200 },
  );
});

it("covers a range with stretches of one offset, without gaps, and names every change", () => {
  const stretches = offsetStretches("Europe/Berlin", {
    fromMs: Date.UTC(2026, 0, 1),
    toMs: Date.UTC(2027, 5, 1),
  });
  expect(stretches.map((one) => [new Date(one.startsAtMs).toISOString(), one.offsetMs])).toEqual([
    ["2026-01-01T00:00:00.000Z", 3_600_000],
    ["2026-03-29T01:00:00.000Z", 7_200_000],
    ["2026-10-25T01:00:00.000Z", 3_600_000],
    ["2027-03-28T01:00:00.000Z", 7_200_000],
  ]);
  const ends = stretches.map((one) => one.endsAtMs);
  expect(ends.slice(0, -1)).toEqual(stretches.slice(1).map((one) => one.startsAtMs));
  expect(ends.at(-1)).toBe(Date.UTC(2027, 5, 1));
});
