import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { type UsageDimension, usageGroupings } from "@headcount/contract/usage/query-words";
import { patientMs } from "@headcount/testkit/patience";
import { askBooks, type Asked, tableOf } from "./ask-books.fixture.ts";
import { type Books, type KnownCall, type KnownTask, makeBooks, zones } from "./books.fixture.ts";
import { expectedRows } from "./expected-rows.fixture.ts";

describe("usage in the time of a zone", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const ask = (asked: Asked): Promise<UsageQueryReply> => askBooks(books, asked);

  it.each([
    [
      "New York, whose first of November has 25 hours",
      { tz: "America/New_York", from: "2026-10-31", to: "2026-11-02" },
      [
        ["2026-10-31", 350, 1],
        ["2026-11-01", 125, 1],
        ["2026-11-02", 0, 0],
      ],
    ],
    [
      "Kolkata, half an hour off",
      { tz: "Asia/Kolkata", from: "2026-10-31", to: "2026-11-02" },
      [
        ["2026-10-31", 100, 0],
        ["2026-11-01", 355, 1],
        ["2026-11-02", 20, 1],
      ],
    ],
    [
      "Berlin, whose 25th of October has an hour twice",
      { tz: "Europe/Berlin", from: "2026-10-25", to: "2026-10-25" },
      [["2026-10-25", 3_005, 0]],
    ],
  ] as const)("cuts days by the clocks of %s", async (_, asked, expected) => {
    for (const prepare of [async () => {}, books.fold]) {
      await prepare();
      const reply = await ask({ ...asked, group_by: "time", metrics: "tokens,tasks" });
      expect(tableOf(reply)).toEqual(expected);
      expect(reply.times.map((time) => time.label)).toEqual(expected.map(([day]) => day));
    }
  });

  it("keeps the two runs of one hour apart, in rows of an hour and of five minutes", async () => {
    const range = { from: "2026-10-25T00:00:00Z", to: "2026-10-25T02:00:00Z" };
    const hours = await ask({ ...range, tz: "Europe/Berlin", group_by: "time", bucket: "hour" });
    expect(tableOf(hours)).toEqual([
      ["2026-10-25 02:00", 1_000, "0.001"],
      ["2026-10-25 02:00 +01:00", 2_005, "0.002025"],
    ]);
    const fine = await ask({ ...range, tz: "Europe/Berlin", group_by: "time", bucket: "5min" });
    expect(fine.rows).toHaveLength(24);
    expect(tableOf(fine).filter((row) => row[1] !== 0)).toEqual([
      ["2026-10-25 02:30", 1_000, "0.001"],
      ["2026-10-25 02:30 +01:00", 2_005, "0.002025"],
    ]);
  });
  const question = fc.record({
    tz: fc.constantFrom("UTC", "Asia/Kathmandu", ...zones),
    groupBy: fc.uniqueArray(fc.constantFrom(...usageGroupings), { maxLength: 2 }),
    bucket: fc.constantFrom("15min", "hour", "day", "week", "month"),
    from: fc.integer({ min: 0, max: 1_200 }),
    quarters: fc.integer({ min: 1, max: 1_300 }),
    filter: fc.constantFrom<readonly [UsageDimension, string][]>(
      [],
      [["agent", "Ada"]],
      [["project", "none"]],
      [["model", "headcount/tutorial"]],
      [
        ["runtime", "server"],
        ["provider", "headcount"],
      ],
    ),
  });

  /** Whether a filter lets something through, by the names of the fixture. */
  const fits = (known: KnownCall | KnownTask, [dimension, word]: [UsageDimension, string]) => {
    const { ids } = books;
    const values: Readonly<Record<string, string | null>> = {
      Ada: ids.ada,
      server: ids.sharedRuntime,
      none: null,
    };
    const wanted = word in values ? values[word] : word;
    return dimension !== "failure_class" && known[dimension] === wanted;
  };

  it.each(["as it is booked", "folded", "with the days of zones"] as const)(
    "INV-77 sums to what was used in every zone, by any two groupings, %s",
    async (state) => {
      if (state === "folded") await books.fold();
      if (state === "with the days of zones") await books.keepZones();
      await fc.assert(
        fc.asyncProperty(question, async ({ tz, groupBy, bucket, from, quarters, filter }) => {
          const startMs = Date.parse("2026-10-24T12:00:00Z") + from * 15 * 60_000;
          const reply = await ask({
            tz,
            group_by: groupBy,
            bucket,
            from: new Date(startMs).toISOString(),
            to: new Date(startMs + quarters * 15 * 60_000).toISOString(),
            metrics: "tokens,tasks",
            ...Object.fromEntries(filter),
          });
          const isWanted = (known: KnownCall | KnownTask): boolean =>
            filter.every((one) => fits(known, one));
          const expected = expectedRows(books, groupBy, reply, isWanted);
          const found = reply.rows
            .map((row) => [
              row.keys.map((key) => key.value ?? "null").join("|"),
              { tokens: row.metrics.tokens, tasks: row.metrics.tasks },
            ])
            .filter(([, row]) => JSON.stringify(row) !== '{"tokens":0,"tasks":0}');
          const whole = expectedRows(books, [], reply, isWanted).get("") ?? { tokens: 0, tasks: 0 };
          expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
          expect(reply.totals).toEqual(whole);
        }),
        { numRuns: 80, seed: 7 },
      );
    },
    patientMs(60_000),
  );
});
