import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patientMs } from "@headcount/testkit/patience";
import { bucketMs, bucketOf, lastLocalDays, localDate, localDay, shiftDate } from "./buckets.ts";
import { fillDays } from "./series.ts";

const hours = (zone: string, date: string): number => {
  const { startsAt, endsAt } = localDay(zone, date);
  return (endsAt.getTime() - startsAt.getTime()) / 3_600_000;
};

describe("bucketOf", () => {
  it.each([
    ["2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00.000Z"],
    ["2026-11-21T10:14:59.999Z", "2026-11-21T10:00:00.000Z"],
    ["2026-11-21T10:15:00.000Z", "2026-11-21T10:15:00.000Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:45:00.000Z"],
  ])("puts %s into the bucket of %s", (at, bucket) => {
    expect(bucketOf(new Date(at)).toISOString()).toBe(bucket);
  });
});

describe("localDay", () => {
  it.each([
    ["UTC", "2026-11-21", "2026-11-21T00:00:00.000Z", 24],
    ["Asia/Kolkata", "2026-11-21", "2026-11-20T18:30:00.000Z", 24],
    ["Asia/Kathmandu", "2026-11-21", "2026-11-20T18:15:00.000Z", 24],
    ["Pacific/Chatham", "2026-06-01", "2026-05-31T11:15:00.000Z", 24],
    ["Pacific/Kiritimati", "2026-11-21", "2026-11-20T10:00:00.000Z", 24],
    ["Etc/GMT+12", "2026-11-21", "2026-11-21T12:00:00.000Z", 24],
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z", 23],
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", 25],
    ["America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z", 23],
    ["America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", 25],
    ["Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00.000Z", 23.5],
    ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00.000Z", 24.5],
    // Midnight itself does not exist on this day: it begins at one o'clock.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23],
    ["America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00.000Z", 25],
  ])("bounds the day of %s on %s", (zone, date, startsAt, length) => {
    expect(localDay(zone, date).startsAt.toISOString()).toBe(startsAt);
    expect(hours(zone, date)).toBe(length);
  });

  it("gives a day that a zone skipped no length", () => {
    expect(hours("Pacific/Apia", "2011-12-30")).toBe(0);
    expect(hours("Pacific/Apia", "2011-12-31")).toBe(24);
  });

  it(
    "is a whole number of buckets in every zone, and neighbours touch",
    { timeout: patientMs(30_000) },
    () => {
      for (const zone of Intl.supportedValuesOf("timeZone")) {
        for (const date of ["2026-03-29", "2026-10-04", "2026-10-25"]) {
          const day = localDay(zone, date);
          const length = day.endsAt.getTime() - day.startsAt.getTime();
          expect(length % bucketMs).toBe(0);
          expect(length).toBeGreaterThanOrEqual(22 * 3_600_000);
          expect(day.startsAt.getTime() % bucketMs).toBe(0);
          expect(localDate(zone, day.startsAt)).toBe(date);
          expect(localDate(zone, new Date(day.startsAt.getTime() - 1))).toBe(shiftDate(date, -1));
          expect(localDay(zone, shiftDate(date, 1)).startsAt).toEqual(day.endsAt);
        }
      }
    },
  );
});

describe("lastLocalDays", () => {
  it("covers N whole days without a gap, today last", () => {
    const zone = fc.constantFrom("Asia/Kathmandu", "America/St_Johns", "Europe/London", "UTC");
    const now = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2035-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zone, now, fc.integer({ min: 1, max: 40 }), (name, instant, count) => {
        const days = lastLocalDays(name, instant, count);
        expect(days.length).toBe(count);
        const today = days[count - 1];
        expect(today?.date).toBe(localDate(name, instant));
        expect(today !== undefined && today.startsAt <= instant && instant < today.endsAt).toBe(
          true,
        );
        expect(days.slice(1).map((day) => day.startsAt)).toEqual(
          days.slice(0, -1).map((day) => day.endsAt),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("fillDays", () => {
  it("keeps rows, fills gaps, drops strangers", () => {
    const rows = [
      { date: "2026-01-03", tasks: 3 },
      { date: "2025-01-01", tasks: 9 },
    ];
    const dates = ["2026-01-02", "2026-01-03"];
    expect(fillDays(dates, rows, (date) => ({ date, tasks: 0 }))).toEqual([
      { date: "2026-01-02", tasks: 0 },
      { date: "2026-01-03", tasks: 3 },
    ]);
  });
});
