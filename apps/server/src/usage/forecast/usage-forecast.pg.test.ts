import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UsageForecastReply } from "@headcount/contract/usage/forecast-schemas";
import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { testRuns } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../../platform/database.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp, type TestPerson } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { type Books, makeBooks, zones } from "../query/books.fixture.ts";

const workspace = "acme";

function ask(person: TestPerson, asked: Record<string, unknown> = {}): Promise<UsageForecastReply> {
  return person.call(usageForecasts.forecast, { workspace, ...asked });
}

describe("the forecast of books that are known", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  it("INV-77 says of the month so far what the query says, whatever is asked for, to everyone", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: fc.constantFrom("alice" as const, "bob" as const),
          fold: fc.boolean(),
          tz: fc.constantFrom("UTC", "Asia/Kathmandu", ...zones),
          filter: fc.constantFrom<Record<string, string>>(
            {},
            { agent: "Open" },
            { agent: "private" },
            { project: "Website" },
            { project: "none" },
            { model: "headcount/tutorial" },
            { member: "nobody" },
          ),
        }),
        async ({ name, fold, tz, filter }) => {
          if (fold) await books.fold();
          const person = books.test[name];
          const reply = await ask(person, { tz, ...filter });
          const { totals, rows } = await person.call(usageQueries.query, {
            workspace,
            ...filter,
            tz,
            from: `${reply.month}-01`,
            to: reply.today,
            metrics: ["cost", "notional", "unpriced_tokens"],
            group_by: ["time"],
          });
          expect(reply.billed.spentUsd).toBe(totals.cost);
          expect(reply.notional.spentUsd).toBe(totals.notional);
          expect(reply.unpricedTokens).toBe(totals.unpriced_tokens);
          const spent = reply.billed.days.flatMap((day) => day.spentUsd ?? []);
          expect(spent).toEqual(rows.map((row) => row.metrics.cost ?? "0"));
        },
      ),
      { numRuns: testRuns(20) },
    );
  });

  it("has months of the zone, also where a change of clocks lies in them", async () => {
    const { alice } = books.test;
    const berlin = await ask(alice, { tz: "Europe/Berlin" });
    expect(berlin).toMatchObject({
      month: "2026-11",
      today: "2026-11-05",
      from: "2026-10-31T23:00:00.000Z",
      to: "2026-11-30T23:00:00.000Z",
    });
    const newYork = await ask(alice, { tz: "America/New_York" });
    expect(newYork).toMatchObject({
      from: "2026-11-01T04:00:00.000Z",
      to: "2026-12-01T05:00:00.000Z",
    });
    expect(newYork.billed.days).toHaveLength(30);
    expect(newYork.billed.days[0]?.spentUsd).toBe("0.000064");
  });

  it("says that two weeks are too little, and that nothing is nothing", async () => {
    const { billed, notional } = await ask(books.test.alice);
    expect(billed).toMatchObject({
      projected: null,
      reason: "too_little_history",
      daysKnown: 11,
      daysNeeded: 56,
      backTest: null,
    });
    expect(notional.reason).toBe("too_little_history");
    const never = await ask(books.test.alice, { member: "nobody" });
    expect(never.billed).toMatchObject({ spentUsd: "0", reason: "nothing_used", daysKnown: 0 });
    const unknown = await ask(books.test.alice, { model: "secret-1" });
    expect(unknown.billed).toMatchObject({ spentUsd: null, projected: null, reason: "unpriced" });
    expect(unknown.unpricedTokens).toBe(11);
  });

  it("INV-84 refuses an agent that is closed to the caller, and a zone that does not exist", async () => {
    const { bob } = books.test;
    const closed = bob.call(usageForecasts.forecast, { workspace, agent: books.ids.ada });
    await expect(closed).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(bob, { tz: "Moon/Sea" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("the forecast of a steady rhythm", () => {
  let test: TestApp;
  let task: AddedTask;
  beforeAll(async () => {
    test = await createTestApp();
    test.advance(Date.parse("2026-11-21T12:00:00Z") - test.now().getTime());
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update workspaces set created_at = '2026-01-01T00:00:00Z'`;
    });
    task = await addTask(test, { startedAt: new Date("2026-04-01T00:00:00Z") });
    // A dollar at nine on each day from Monday to Friday, from April on; nothing before and between.
    const records = [];
    for (let at = Date.parse("2026-04-01T09:00:00Z"); at < test.now().getTime(); at += 86_400_000) {
      const weekday = new Date(at).getUTCDay();
      if (weekday === 0 || weekday === 6) continue;
      const key = new Date(at).toISOString();
      records.push(usageOf(task, { key, ageMs: test.now().getTime() - at, input: 1_000_000 }));
    }
    await book(test, records);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("goes on as it was, and was right before", async () => {
    const { billed, today } = await ask(test.alice);
    expect(today).toBe("2026-11-21");
    // 15 working days are over, and there are six more.
    expect(billed.spentUsd).toBe("15");
    expect(billed.projected).toEqual({ usd: "21", lowUsd: "21", highUsd: "21" });
    expect(billed.backTest).toMatchObject({ medianErrorPercent: 0, inside: 5 });
    expect(billed.backTest?.checks[0]).toEqual({
      month: "2026-10",
      said: { usd: "22", lowUsd: "22", highUsd: "22" },
      cameUsd: "22",
      errorPercent: 0,
      isInside: true,
    });
  });

  it("expects of today what is left of it by the hours of past days", async () => {
    test.advance(Date.parse("2026-11-23T08:00:00Z") - test.now().getTime());
    const before = await ask(test.alice);
    // Monday's dollar comes at nine.
    expect(before.billed.days[22]).toMatchObject({ spentUsd: "0", projected: { usd: "16" } });
    expect(before.billed.projected?.usd).toBe("21");
    test.advance(3 * 3_600_000);
    const after = await ask(test.alice);
    expect(after.billed.days[22]).toMatchObject({ spentUsd: "0", projected: { usd: "15" } });
    expect(after.billed.projected?.usd).toBe("20");
  });

  it("looks at nothing that came later: what was said of a past month never changes", async () => {
    const before = await ask(test.alice);
    const ageMs = test.now().getTime() - Date.parse("2026-10-25T09:00:00Z");
    await book(test, [usageOf(task, { key: "later", ageMs, input: 50_000_000 })]);
    const after = await ask(test.alice);
    const [october, ...earlier] = after.billed.backTest?.checks ?? [];
    // The 23rd of October knew nothing of the 25th, on which 50 dollars came.
    expect(october).toMatchObject({ said: { usd: "22" }, cameUsd: "72", isInside: false });
    expect(earlier).toEqual(before.billed.backTest?.checks.slice(1));
    expect(after.billed.projected?.usd).not.toBe(before.billed.projected?.usd);
    expect(after.billed.spentUsd).toBe(before.billed.spentUsd);
  });
});
