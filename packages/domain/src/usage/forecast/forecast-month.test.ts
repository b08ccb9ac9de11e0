import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../query/local-time.ts";
import { toDailyMoney } from "./daily-money.ts";
import { firstDayLookedAt, forecastMonth, type MonthSoFar } from "./forecast-month.ts";
import { forecastCsv } from "./forecast-csv.ts";
import { leftOfDay } from "./left-of-day.ts";
import { one } from "./share.ts";

const dollar = 1_000_000_000_000n;
const today = "2026-11-21";
const priced: MonthSoFar["priced"] = { month: "priced", whole: "priced" };

/** As many days up to today as are given, today last. */
function monthOfDays(amounts: readonly bigint[], leftOfToday = one) {
  const first = firstDayLookedAt(today);
  const byDate = new Map(
    amounts.map((amount, at) => [addDays(today, at + 1 - amounts.length), amount]),
  );
  return forecastMonth({ money: toDailyMoney(byDate, { first, today }), leftOfToday, priced });
}

/** Ten dollars on each day from Monday to Friday, one on Saturday and Sunday. */
const weekly = (days: number): bigint[] =>
  Array.from({ length: days }, (_, at) => {
    const day = new Date(addDays(today, at + 1 - days)).getUTCDay();
    return day === 0 || day === 6 ? dollar : 10n * dollar;
  });

describe("the forecast of a month", () => {
  it("knows weekdays: a steady rhythm goes on to the cent, and past months were right", () => {
    const amounts = weekly(300);
    // Saturday noon: half of its dollar is spent.
    amounts.splice(-1, 1, dollar / 2n);
    const forecast = monthOfDays(amounts, one / 2n);
    // 15 weekdays and five days of weekends are over; the rest has six and four, less half a day.
    expect(forecast.spentUsd).toBe("155.5");
    expect(forecast.projected).toEqual({ usd: "219", lowUsd: "219", highUsd: "219" });
    expect(forecast.backTest).toMatchObject({ medianErrorPercent: 0, inside: 6 });
    const months = forecast.backTest?.checks.map((check) => check.month);
    expect(months).toEqual(["2026-10", "2026-09", "2026-08", "2026-07", "2026-06", "2026-05"]);
    expect(forecast.days).toHaveLength(30);
    expect(forecast.days[20]).toMatchObject({ date: today, spentUsd: "0.5" });
    expect(forecast.days[20]?.projected?.usd).toBe("156");
    expect(forecast.days[19]?.projected).toBeNull();
    const month = { month: "2026-11", today, from: "", to: "", tz: "UTC" };
    const reply = { ...month, billed: forecast, notional: forecast, unpricedTokens: 0, asOf: null };
    expect(forecastCsv(reply).split("\r\n").slice(21, 23)).toEqual([
      "billed,2026-11-21,0.5,156,156,156",
      "billed,2026-11-22,,157,157,157",
    ]);
    expect(forecast.days[29]).toMatchObject({ spentUsd: null, projected: { usd: "219" } });
  });

  it.each([
    [[], "nothing_used", 0],
    [[0n, 0n, 5n], "too_little_history", 0],
    [weekly(56), "too_little_history", 55],
    [weekly(57), null, 56],
  ] as const)("says why it says nothing: %#", (amounts, reason, daysKnown) => {
    const forecast = monthOfDays(amounts);
    expect(forecast).toMatchObject({ reason, daysKnown, daysNeeded: 56 });
    expect(forecast.projected === null).toBe(reason !== null);
    // No past month has eight weeks before it.
    expect(forecast.backTest).toBeNull();
  });

  it("tells usage without any price from no usage", () => {
    const money = toDailyMoney(new Map(), { first: firstDayLookedAt(today), today });
    const unpriced = { month: "unpriced", whole: "unpriced" } as const;
    expect(forecastMonth({ money, leftOfToday: one, priced: unpriced })).toMatchObject({
      spentUsd: null,
      projected: null,
      reason: "unpriced",
    });
  });

  it("looks at nothing that came later: what was said of a past month never changes", () => {
    const amount = fc.bigInt({ min: 0n, max: 100n * dollar });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 300, maxLength: 300 }),
        fc.array(amount, { minLength: 32, maxLength: 32 }),
        (amounts, others) => {
          // The 21st of October is 31 days before today: from there on everything is another.
          const changed = [...amounts.slice(0, -32), ...others];
          const [before, after] = [amounts, changed].map(
            (list) => monthOfDays(list).backTest?.checks ?? [],
          );
          expect(before?.length).toBeGreaterThan(0);
          expect(after?.[0]?.said).toEqual(before?.[0]?.said);
          expect(after?.slice(1)).toEqual(before?.slice(1));
        },
      ),
      { numRuns: 8 },
    );
  });

  it("holds its figure in its range, and neither ever shrinks from day to day", () => {
    const amount = fc.bigInt({ min: 0n, max: 100n * dollar });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(amount, fc.constant(0n)), { minLength: 57, maxLength: 300 }),
        fc.bigInt({ min: 0n, max: one }),
        (amounts, left) => {
          const { days } = monthOfDays(amounts, left);
          let before = { usd: 0, low: 0, high: 0 };
          for (const { projected } of days) {
            if (projected === null) continue;
            const now = {
              usd: Number(projected.usd),
              low: Number(projected.lowUsd),
              high: Number(projected.highUsd),
            };
            expect(now.low).toBeLessThanOrEqual(now.usd);
            expect(now.high).toBeGreaterThanOrEqual(now.usd);
            expect(now.usd).toBeGreaterThanOrEqual(before.usd);
            expect(now.low).toBeGreaterThanOrEqual(before.low);
            expect(now.high).toBeGreaterThanOrEqual(before.high);
            before = now;
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("what is left of a day", () => {
  const hour = 3_600_000;

  it("goes by when past days were spent, and by the clock where none was", () => {
    const office = new Map([
      [9, 30n],
      [10, 60n],
      [17, 10n],
    ]);
    expect(leftOfDay(office, 0)).toBe(one);
    expect(leftOfDay(office, 10.5 * hour)).toBe(400_000n);
    expect(leftOfDay(office, 18 * hour)).toBe(0n);
    expect(leftOfDay(new Map(), 18 * hour)).toBe(one / 4n);
    expect(leftOfDay(new Map(), 24 * hour)).toBe(0n);
  });
});
