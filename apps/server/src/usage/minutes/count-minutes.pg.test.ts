import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { books } from "@headcount/contract/usage/books-routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { usage } from "@headcount/contract/usage/routes";
import { setWorkspace } from "../../platform/database.ts";
import { addTask, type AddedTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { change } from "../verify/books.fixture.ts";

const workspace = "acme";
const minuteMs = 60_000;
const busy = 320;

let test: TestApp;
let task: AddedTask;

beforeAll(async () => {
  test = await createTestApp({ startsAt: new Date("2026-11-18T08:00:00Z") });
  task = await addTask(test, { startedAt: test.now() });
  test.advance(2 * 60 * minuteMs);
  // Two calls a second, 50 to 53 minutes ago: 09:07 to 09:10, inside of one quarter of an hour.
  const calls = Array.from({ length: busy }, (_, at) =>
    usageOf(task, { key: `call ${at}`, ageMs: 53 * minuteMs - at * 500, input: 100 + at }),
  );
  await book(test, calls);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

async function keptQuarters(): Promise<string[]> {
  return test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    const rows = await tx<{ quarterAt: Date }[]>`
      select quarter_at from usage_minute_quarters order by 1`;
    return rows.map(({ quarterAt }) => quarterAt.toISOString());
  });
}

async function perMinute(filter: { readonly agent?: string }) {
  const { rows, totals } = await test.alice.call(usageQueries.query, {
    workspace,
    from: "2026-11-18T09:02:00Z",
    to: "2026-11-18T09:27:00Z",
    group_by: "time",
    bucket: "1min",
    metrics: "tokens,input,cost,notional,unpriced_tokens,events",
    ...filter,
  } as never);
  return { rows, totals };
}

/** A filter is answered from the ledger itself, and all of it is the agent's. */
async function expectTheLedger(events: number): Promise<void> {
  const answered = await perMinute({});
  expect(answered).toEqual(await perMinute({ agent: task.agentId }));
  expect(answered.totals).toMatchObject({ events });
}

describe("minutes of busy quarters of an hour", () => {
  it("are kept once the quarter is folded, and say what the ledger says", async () => {
    await test.app.jobs.runNow("usage.count-minutes");
    expect(await keptQuarters()).toEqual([]);
    await expectTheLedger(busy);
    await test.app.jobs.runNow("usage.fold");
    await test.app.jobs.runNow("usage.count-minutes");
    expect(await keptQuarters()).toEqual(["2026-11-18T09:00:00.000Z"]);
    await expectTheLedger(busy);
  });

  it("are not asked any more from the commit on that changes anything of them", async () => {
    await book(test, [usageOf(task, { key: "late", ageMs: 52 * minuteMs, input: 5 })]);
    await expectTheLedger(busy + 1);
    await test.app.jobs.runNow("usage.fold");
    expect(await keptQuarters()).toEqual([]);
    await expectTheLedger(busy + 1);
    await test.app.jobs.runNow("usage.count-minutes");
    expect(await keptQuarters()).toHaveLength(1);
    await expectTheLedger(busy + 1);
  });

  it("stay when something else is folded", async () => {
    await book(test, [usageOf(task, { key: "now", input: 5 })]);
    await test.app.jobs.runNow("usage.fold");
    expect(await keptQuarters()).toHaveLength(1);
    await expectTheLedger(busy + 1);
  });

  it("are found by verify when they are wrong, and counted anew after a rebuild", async () => {
    const day = { workspace, from: "2026-11-18", to: "2026-11-19" } as const;
    expect((await test.alice.call(usage.verify, day)).differences).toEqual([]);
    await change(
      test,
      (tx) => tx`update usage_minutes set input = input + 1
        where minute_at = (select min(minute_at) from usage_minutes)`,
    );
    const { differences } = await test.alice.call(usage.verify, day);
    expect(differences).toMatchObject([{ rollup: "usage_minutes", key: "2026-11-18T09:00Z" }]);
    expect(await test.alice.call(books.rebuild, day)).toMatchObject({ repaired: 1 });
    expect(await keptQuarters()).toEqual([]);
    await expectTheLedger(busy + 1);
    await test.app.jobs.runNow("usage.count-minutes");
    expect(await keptQuarters()).toHaveLength(1);
    await expectTheLedger(busy + 1);
    expect((await test.alice.call(usage.verify, day)).differences).toEqual([]);
  });
});
