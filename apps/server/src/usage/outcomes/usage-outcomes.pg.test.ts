import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { IssueStatus } from "@headcount/contract/issues/schemas";
import {
  outcomeGroupings,
  spendOutcomes,
  type Spend,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { parseUsd } from "@headcount/domain/usage/money";
import { testRuns } from "@headcount/testkit/test-runs";
import { addTask } from "../../testing/add-task.ts";
import type { TestPerson } from "../../testing/test-app.ts";
import { bookTask } from "../ledger/book-task.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { type Books, makeBooks } from "../query/books.fixture.ts";

const workspace = "acme";

describe("what usage came to", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const ask = (
    asked: Record<string, unknown> = {},
    person: TestPerson = books.test.alice,
  ): Promise<UsageOutcomesReply> =>
    person.call(usageQueries.outcomes, { workspace, days: 60, ...asked });
  const tokens = ({ total }: UsageOutcomesReply): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(total.byOutcome).flatMap(([outcome, spend]) =>
        spend.tokens === 0 ? [] : [[outcome, spend.tokens]],
      ),
    );
  async function setStatus(issue: string, status: IssueStatus): Promise<void> {
    books.test.advance(60_000);
    await books.test.alice.call(issues.update, { workspace, issue, status });
  }
  /** Work that begins and ends now. */
  async function work(issueId: string, input: number): Promise<void> {
    const { test, ids } = books;
    test.advance(60_000);
    const task = await addTask(test, {
      agentId: ids.ada,
      issueId: issueId as never,
      runtimeId: ids.adaRuntime as never,
      startedAt: test.now(),
    });
    await book(test, [usageOf(task, { key: "again", input })]);
    await books.within(async (ctx) => {
      await ctx.sql`update tasks set status = 'completed', outcome = 'done',
        ended_at = ${new Date(test.now().getTime() + 5_000)}
        where workspace_id = ${ctx.workspaceId} and id = ${task.id}`;
      await bookTask(ctx, task.id);
    });
  }

  it("follows an issue through its life, and counts what came after it was done as rework", async () => {
    const { adaIssue, openIssue } = books.ids;
    expect(tokens(await ask())).toEqual({ open: 3_522, outside: 500 });
    await setStatus(openIssue, "cancelled");
    expect(tokens(await ask())).toEqual({ open: 3_202, abandoned: 320, outside: 500 });

    await setStatus(adaIssue, "done");
    const done = await ask();
    expect(tokens(done)).toEqual({ done: 3_202, abandoned: 320, outside: 500 });
    expect(done.total.issuesDone).toMatchObject({
      count: 1,
      whole: { tokens: 3_202, tasks: 2 },
      perIssue: { tokens: 3_202, attempts: 2 },
    });

    await setStatus(adaIssue, "in_progress");
    await work(adaIssue, 60);
    const reopened = await ask();
    expect(tokens(reopened)).toEqual({ open: 3_202, rework: 60, abandoned: 320, outside: 500 });
    expect(reopened.total.issuesDone).toMatchObject({ count: 0, perIssue: null });

    await setStatus(adaIssue, "done");
    const again = await ask();
    expect(tokens(again)).toEqual({ done: 3_202, rework: 60, abandoned: 320, outside: 500 });
    expect(again.total.issuesDone).toMatchObject({ count: 1, whole: { tokens: 3_202, tasks: 2 } });
  });

  it("counts all that an issue needed, also before the range in which it was done", async () => {
    const today = await ask({ days: 1 });
    // Of the work on it only the running task's and the rework are of today.
    expect(tokens(today)).toEqual({ done: 42, rework: 60 });
    expect(today.total.issuesDone).toMatchObject({ count: 1, whole: { tokens: 3_202 } });
    expect((await ask({ days: 60, to: "2026-11-04" })).total.issuesDone.count).toBe(0);
  });

  it("counts an issue for each agent that worked on it and once in the total", async () => {
    const { rows, total } = await ask({ group_by: "agent" });
    const counts = rows.map(({ key, issuesDone }) => [key.kind, key.label, issuesDone.count]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ["value", "Ada", 1],
        ["value", "Open", 1],
        ["unmanaged", expect.any(String), 0],
      ]),
    );
    expect(total.issuesDone.count).toBe(1);
    const open = await ask({ agent: books.ids.open });
    expect(open.total.issuesDone).toMatchObject({ count: 1, whole: { tokens: 42 } });
  });

  it("INV-77 INV-84 every outcome and every row adds up to what the query says was used, for everyone", async () => {
    const { bob } = books.test;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: fc.constantFrom("alice" as const, "bob" as const),
          fold: fc.boolean(),
          group_by: fc.constantFrom(...outcomeGroupings),
          asked: fc.constantFrom<Record<string, unknown>>(
            { days: 60 },
            { days: 1 },
            { days: 60, project: "none" },
            { days: 60, provider: "headcount", tz: "Asia/Kathmandu" },
            { days: undefined, from: "2026-10-25", to: "2026-11-02" },
          ),
        }),
        async ({ name, fold, group_by, asked }) => {
          if (fold) await books.fold();
          const person = books.test[name];
          const { total, rows } = await ask({ ...asked, group_by }, person);
          const { totals } = await person.call(usageQueries.query, {
            workspace,
            ...asked,
            metrics: ["cost", "notional", "tokens", "unpriced_tokens", "run_time", "tasks"],
          });
          const whole = figuresOf(total.spend);
          expect(whole).toEqual({
            cost: pico(totals.cost),
            notional: pico(totals.notional),
            tokens: pico(totals.tokens),
            unpriced: pico(totals.unpriced_tokens),
            runTime: pico(totals.run_time),
            tasks: pico(totals.tasks),
          });
          expect(sum(spendOutcomes.map((outcome) => total.byOutcome[outcome]))).toEqual(whole);
          expect(sum(rows.map((row) => row.spend))).toEqual(whole);
          for (const outcome of spendOutcomes) {
            expect(sum(rows.map((row) => row.byOutcome[outcome]))).toEqual(
              figuresOf(total.byOutcome[outcome]),
            );
          }
        },
      ),
      { numRuns: testRuns(15) },
    );
    const seen = await ask({ group_by: "agent" }, bob);
    expect(JSON.stringify(seen)).not.toContain("Ada");
    expect(seen.rows.map((row) => row.key.kind)).toContain("private");
  });
});

function pico(figure: number | string | null | undefined): bigint {
  const parsed = parseUsd(String(figure ?? 0));
  if (!parsed.ok) throw new Error(`${figure} is no figure`);
  return parsed.value;
}

function figuresOf(spend: Spend): Record<string, bigint> {
  return {
    cost: pico(spend.costUsd),
    notional: pico(spend.notionalUsd),
    tokens: pico(spend.tokens),
    unpriced: pico(spend.unpricedTokens),
    runTime: pico(spend.runTimeMs),
    tasks: pico(spend.tasks),
  };
}

function sum(parts: readonly Spend[]): Record<string, bigint> {
  const sums: Record<string, bigint> = figuresOf({
    costUsd: "0",
    notionalUsd: "0",
    tokens: 0,
    unpricedTokens: 0,
    runTimeMs: 0,
    tasks: 0,
  });
  for (const part of parts.map(figuresOf)) {
    for (const [name, amount] of Object.entries(part)) sums[name] = (sums[name] ?? 0n) + amount;
  }
  return sums;
}
