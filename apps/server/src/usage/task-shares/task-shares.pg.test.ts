import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { UsageDimension } from "@headcount/contract/usage/query-words";
import {
  taskShareMetrics,
  type TaskSharesReply,
} from "@headcount/contract/usage/task-share-schemas";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";
import { testRuns } from "@headcount/testkit/test-runs";
import { type Books, makeBooks, zones } from "../query/books.fixture.ts";
import type { TestPerson } from "../../testing/test-app.ts";

const workspace = "acme";
type Asked = Record<string, unknown>;

describe("the tasks behind a figure", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const tasksBehind = (
    asked: Asked,
    person: TestPerson = books.test.alice,
  ): Promise<TaskSharesReply> => person.call(usageQueries.tasks, { workspace, ...asked });

  /** Every page, small ones. */
  async function readAll(asked: Asked, person?: TestPerson): Promise<TaskSharesReply[]> {
    const pages: TaskSharesReply[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await tasksBehind({ ...asked, limit: 3, ...(cursor ? { cursor } : {}) }, person);
      pages.push(page);
      cursor = page.nextCursor;
    }
    return pages;
  }

  const range = fc.constantFrom<Asked>(
    { days: 30 },
    { days: 1 },
    { from: "2026-10-25", to: "2026-11-05" },
    { from: "2026-11-01", to: "2026-11-01" },
    { from: "2026-10-31T18:15:00Z", to: "2026-10-31T18:45:00Z" },
    { from: "2026-10-31T18:19:59Z", to: "2026-11-05T15:02:01Z" },
  );
  const filter = fc.constantFrom<(ids: Books["ids"]) => Partial<Record<UsageDimension, string>>>(
    () => ({}),
    ({ open }) => ({ agent: open }),
    () => ({ agent: "none" }),
    () => ({ agent: "private" }),
    () => ({ runtime: "private" }),
    ({ project }) => ({ project }),
    () => ({ project: "none", model: "headcount/tutorial" }),
    ({ adaIssue }) => ({ issue: adaIssue, role: "main" }),
    () => ({ failure_class: "timeout" }),
    () => ({ provider: "acme,headcount" }),
  );

  it("INV-77 the rows of all pages, and what each page leaves over, add up to the answer of the query", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          tz: fc.constantFrom("UTC", "Asia/Kathmandu", ...zones),
          range,
          filter,
          metrics: fc.shuffledSubarray([...taskShareMetrics], { minLength: 1, maxLength: 4 }),
          person: fc.constantFrom("alice" as const, "bob" as const),
          upwards: fc.boolean(),
          fold: fc.boolean(),
        }),
        async ({ tz, range, filter, metrics, person: name, upwards, fold }) => {
          if (fold) await books.fold();
          const person = books.test[name];
          const asked = { tz, ...range, ...filter(books.ids), metrics: metrics.join(",") };
          const answer = await person.call(usageQueries.query, { workspace, ...asked });
          const pages = await readAll(
            { ...asked, order: `${upwards ? "" : "-"}${metrics[0]}` },
            person,
          );
          const rows = pages.flatMap((page) => page.items);
          expect(new Set(rows.map((row) => row.taskId ?? row.kind)).size).toBe(rows.length);
          for (const [at, page] of pages.entries()) {
            expect(page.totals).toEqual(answer.totals);
            expect(page.rowCount).toBe(rows.length);
            const shown = pages.slice(0, at + 1).flatMap((one) => one.items);
            for (const metric of metrics) {
              const sum = [...shown.map((row) => row.metrics), page.rest].reduce(
                (all, figures) => all + amount(figures, metric),
                0n,
              );
              expect(sum).toBe(amount(answer.totals, metric));
            }
          }
        },
      ),
      { numRuns: testRuns(8) },
    );
  });

  it("says what each row is, the largest first, with imported sessions as one row", async () => {
    const reply = await tasksBehind({ days: 30, metrics: "tokens,tasks,cost" });
    expect(
      reply.items.map((row) => [
        row.kind,
        row.issue?.title,
        row.agent?.name,
        row.status,
        row.metrics.tokens,
        row.metrics.tasks,
      ]),
    ).toEqual([
      ["value", "=Inside", "Ada", "completed", 3_160, 1],
      ["unmanaged", undefined, undefined, null, 500, 0],
      ["value", "Outside, alone", "Open", "failed", 320, 1],
      ["value", "=Inside", "Open", "running", 42, 0],
    ]);
    expect(reply).toMatchObject({ rowCount: 4, nextCursor: null, rest: { tokens: 0, cost: "0" } });
    expect(reply.items[0]).toMatchObject({ taskId: books.ids.adaTask, isOpen: true });
  });

  it("INV-84 shows tasks of agents that are closed to a person as one row without names", async () => {
    const reply = await tasksBehind({ days: 30, metrics: "tokens" }, books.test.bob);
    expect(reply.items.map((row) => row.kind)).toEqual(["private", "unmanaged", "value", "value"]);
    expect(reply.items[0]).toMatchObject({ taskId: null, issue: null, agent: null });
    expect(JSON.stringify(reply)).not.toContain("Ada");
    const own = await tasksBehind(
      { days: 30, metrics: "tokens", agent: "private" },
      books.test.bob,
    );
    expect(own.items.map((row) => [row.kind, row.metrics.tokens])).toEqual([["private", 3_160]]);
    await expect(
      tasksBehind({ days: 30, agent: books.ids.ada }, books.test.bob),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("answers for one place of a heat map: an hour of a weekday, by the clock of the zone", async () => {
    const cells = await books.test.alice.call(usageQueries.query, {
      workspace,
      days: 30,
      tz: "America/New_York",
      group_by: "weekday,hour",
      metrics: "tokens",
    });
    for (const { keys, metrics } of cells.rows) {
      const [weekday, hour] = keys.map((key) => Number(key.value));
      const reply = await tasksBehind({
        days: 30,
        tz: "America/New_York",
        metrics: "tokens",
        weekday,
        hour,
      });
      expect(reply.totals).toEqual(metrics);
    }
    expect(cells.rows.length).toBeGreaterThan(5);
  });

  it("answers between any two seconds, and says what is wrong with a question", async () => {
    const fine = { from: "2026-11-05T15:00:01Z", to: "2026-11-05T15:02:01Z", metrics: "tokens" };
    expect((await tasksBehind(fine)).totals).toEqual({ tokens: 42 });
    await expect(tasksBehind({ ...fine, to: "2026-11-05T15:00:00Z" })).rejects.toMatchObject({
      reason: "usage.from_not_before_to",
    });
    await expect(tasksBehind({ metrics: "active_agents" })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(tasksBehind({ cursor: "nonsense" })).rejects.toMatchObject({
      reason: "cursor.invalid",
    });
  });

  it("writes the same as a table, safe for spreadsheets, with a line for what is left over", async () => {
    const reply = await books.test.app.api.fetch(
      new Request(
        `http://headcount.test/api/w/acme/usage/tasks?days=30&metrics=tokens,cost&limit=1`,
        { headers: { authorization: `Bearer ${books.test.alice.token}`, accept: "text/csv" } },
      ),
    );
    const [titles, first, others] = (await reply.text()).split("\r\n");
    expect(titles).toBe(
      "task_id,issue,title,agent,agent_id,status,outcome,started_at,ended_at,tokens,cost",
    );
    expect(first).toMatch(
      `${books.ids.adaTask},ACME-1,'=Inside,Ada,${books.ids.ada},completed,done,`,
    );
    expect(others).toMatch(/^other,,,,,,,,,862,/);
  });
});

/** A figure as a whole number of its smallest unit. */
function amount(figures: UsageFigures, metric: string): bigint {
  const figure = (figures as Record<string, number | string | null | undefined>)[metric] ?? 0;
  const parsed = parseUsd(String(figure));
  if (!parsed.ok) throw new Error(`${metric} is no figure: ${figure}`);
  expect(formatUsd(parsed.value)).toBe(String(figure));
  return parsed.value;
}
