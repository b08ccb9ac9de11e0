import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { live } from "@headcount/contract/live/routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { addTask, type AddedTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";

const workspace = "acme";
const minuteMs = 60_000;
/** A call of the past hours: when it was, and what it used. */
type Call = { readonly agoMs: number; readonly input: number; readonly output: number };

let test: TestApp;
const done: { readonly atMs: number; readonly tokens: number }[] = [];

beforeAll(async () => {
  test = await createTestApp({ startsAt: new Date("2026-11-18T14:58:00Z") });
  // The workspace is older than what is booked into it.
  test.advance(5 * 60 * minuteMs);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const snapshot = () => test.alice.call(live.snapshot, { workspace, tz: "Asia/Kathmandu" });

async function bookCalls(task: AddedTask, calls: readonly Call[]): Promise<void> {
  const records = calls.map(({ agoMs, ...counts }, at) => {
    const usedMs = test.now().getTime() - agoMs;
    done.push({ atMs: usedMs, tokens: counts.input + counts.output });
    return usageOf(task, { key: `${usedMs} ${at} ${done.length}`, ageMs: agoMs, ...counts });
  });
  const results = await book(test, records);
  expect(results.map(({ result }) => result)).toEqual(records.map(() => "stored"));
}

const call: fc.Arbitrary<Call> = fc.record({
  agoMs: fc.oneof(
    fc.integer({ min: 1_000, max: 5 * minuteMs }),
    fc.integer({ min: 1_000, max: 90 * minuteMs }),
  ),
  input: fc.integer({ min: 0, max: 100_000 }),
  output: fc.integer({ min: 1, max: 10_000 }),
});

describe("gauges", () => {
  it(
    "show what the books hold of the same range, whatever is booked and however late",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const task = await addTask(test, {
        startedAt: new Date(test.now().getTime() - 4 * 3_600_000),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(call, { maxLength: 12 }),
          fc.integer({ min: 0, max: 20 * minuteMs }),
          async (calls, waitMs) => {
            await bookCalls(task, calls);
            test.advance(waitMs);
            const { gauges } = await snapshot();
            for (const window of [gauges.oneMinute, gauges.fiveMinutes, gauges.oneHour]) {
              const { from, to } = window;
              const { totals } = await test.alice.call(usageQueries.query, {
                workspace,
                from,
                to,
                metrics: "tokens,input,output,cost,failures,tasks",
              } as never);
              expect({
                tokens: window.tokens.total,
                input: window.tokens.input,
                output: window.tokens.output,
                cost: window.costUsd,
                failures: window.tasksFailed,
                tasks: window.tasksEnded,
              }).toEqual(totals);
              const known = done.filter(
                ({ atMs }) => atMs >= Date.parse(from) && atMs < Date.parse(to),
              );
              expect(window.tokens.total).toBe(known.reduce((sum, one) => sum + one.tokens, 0));
            }
          },
        ),
        { numRuns: testRuns(25) },
      );
    },
  );

  it(
    "and every bucket of a series over any range holds what the books hold of that bucket",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const nowMs = Math.floor(test.now().getTime() / 1_000) * 1_000;
      const widths = [1, 7, 59, 180, 600, 3_000, 40_000];
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 6 * 3_600 }),
          fc.constantFrom(...widths),
          fc.integer({ min: 0, max: 59 }),
          async (agoSeconds, minutes, seconds) => {
            const toMs = nowMs - agoSeconds * 1_000;
            const from = new Date(toMs - minutes * minuteMs - seconds * 1_000).toISOString();
            const to = new Date(toMs).toISOString();
            const input = {
              workspace,
              from,
              to,
              tz: "Asia/Kathmandu",
              metrics: "tokens,cost,tasks",
            };
            const series = await test.alice.call(live.series, input as never);
            const { times, series: all } = series.sums;
            expect(times.startsAt.length).toBeLessThanOrEqual(1_001);
            const asked = await test.alice.call(usageQueries.query, {
              ...input,
              group_by: "time",
              bucket: times.bucket,
              limit: 1_000,
            } as never);
            expect(times.startsAt).toEqual(asked.times.map((time) => time.startsAt));
            for (const { metric, values, total } of all) {
              expect(total).toEqual(asked.totals[metric as "tokens"]);
              const known = new Map(
                asked.rows.map((row) => [row.keys[0]?.value, row.metrics[metric as "tokens"]]),
              );
              expect(values).toEqual(times.startsAt.map((startsAt) => known.get(startsAt)));
            }
          },
        ),
        { numRuns: testRuns(20) },
      );
    },
  );

  it("and the tasks behind a bucket sum to it", async () => {
    const nowMs = Math.floor(test.now().getTime() / 1_000) * 1_000;
    for (const lengthMs of [5, 80, 300].map((minutes) => minutes * minuteMs)) {
      const { sums } = await test.alice.call(live.series, {
        workspace,
        metrics: "tokens,cost",
        from: new Date(nowMs - lengthMs).toISOString(),
        to: new Date(nowMs).toISOString(),
      });
      const [tokens, cost] = sums.series;
      const bounds = [...sums.times.startsAt, sums.times.endsAt];
      const place = tokens?.values.findLastIndex((value) => Number(value) > 0) ?? -1;
      if (place < 0) continue;
      const { totals } = await test.alice.call(usageQueries.tasks, {
        workspace,
        metrics: "tokens,cost",
        from: bounds[place],
        to: bounds[place + 1],
      } as never);
      expect(totals).toEqual({ tokens: tokens?.values[place], cost: cost?.values[place] });
    }
  });

  it("show a call that was booked in the second that is running", async () => {
    const task = await addTask(test);
    const before = (await snapshot()).gauges.oneMinute;
    await book(test, [usageOf(task, { key: "just now", input: 1_000 })]);
    const after = (await snapshot()).gauges.oneMinute;
    expect(Number(after.tokens.input) - Number(before.tokens.input)).toBe(1_000);
  });

  it("do not spike when a machine delivers late what it has used long ago", async () => {
    test.advance(2 * 60 * minuteMs);
    const task = await addTask(test, { startedAt: new Date(test.now().getTime() - 60 * minuteMs) });
    await bookCalls(task, [{ agoMs: 40 * minuteMs, input: 5_000_000, output: 1 }]);
    const { gauges } = await snapshot();
    expect([gauges.oneMinute, gauges.fiveMinutes].map(({ tokens }) => tokens.total)).toEqual([
      0, 0,
    ]);
    expect(gauges.oneHour.tokens.input).toBe(5_000_000);
  });

  it("have scales of the busy minutes of the last week, and none before there was one", async () => {
    const fresh = await createTestApp({ startsAt: new Date("2026-11-10T10:00:00Z") });
    try {
      const read = async () => (await fresh.alice.call(live.snapshot, { workspace })).gauges.scales;
      expect(await read()).toMatchObject({ tokensPerMinute: null, since: null });
      const task = await addTask(fresh, { startedAt: fresh.now() });
      fresh.advance(30 * minuteMs);
      const counts = Array.from({ length: 20 }, (_, at) => (at + 1) * 1_000);
      await book(
        fresh,
        counts.map((input, at) =>
          usageOf(task, { key: `scale ${at}`, ageMs: (at + 1) * minuteMs, input }),
        ),
      );
      await fresh.app.jobs.runNow("live.count-scales");
      // Minutes that are counted again count once.
      fresh.advance(3 * minuteMs);
      await fresh.app.jobs.runNow("live.count-scales");
      const scales = await read();
      // 20 minutes with 1,000 to 20,000 tokens; a dollar per million of them.
      expect(scales.tokensPerMinute).toBeCloseTo(19_050, 6);
      expect(scales.costPerHourUsd).toBeCloseTo(19_050 * 60e-6, 9);
      expect(scales.linesPerHour).toBeNull();
    } finally {
      await fresh[Symbol.asyncDispose]();
    }
  });
});
