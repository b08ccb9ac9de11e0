import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucketOf } from "@headcount/domain/usage/buckets";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../../platform/database.ts";
import { addTask, type AddedTask } from "../../testing/add-task.ts";
import { asSystem } from "../../testing/as-system.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookUsage } from "./book-usage.ts";
import { eventIdOf } from "./event-id.ts";
import { book, readPivots, usageOf } from "./usage.fixture.ts";

/** What a source says of a running total: how far it has come, and when. */
type Saying = {
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly secondsAgo: number;
  readonly revision: number;
  readonly billedUsd: string | null;
};

const minuteMs = 60_000;
const longestAgo = 3_600;
/** So many rows stand under a key before increases of a minute are one. */
const manyRows = 1_000;

const some = (max: number): fc.Arbitrary<number> => fc.nat({ max });

/** A step of the source: what was used since the one before, and whether it is told late or again. */
const step = fc.record({
  input: some(40),
  output: some(6),
  reasoning: some(2),
  secondsLater: fc.oneof(some(3), some(90), some(900)),
  /** Swaps places with the one that comes so many later. */
  delayedBy: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, some(6)),
  isRepeated: fc.boolean(),
  isCorrection: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()),
  isBilled: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.boolean()),
});

const course = fc.record({
  /** Rows that are there before, one a second. */
  already: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: manyRows - 12, max: manyRows + 2 }) },
  ),
  steps: fc.array(step, { minLength: 2, maxLength: 25 }),
  /** How many records each delivery brings. */
  cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 25, maxLength: 25 }),
});
type Course = typeof course extends fc.Arbitrary<infer Value> ? Value : never;

const told = {
  input: 5,
  output: 1,
  reasoning: 0,
  secondsLater: 3,
  delayedBy: 0,
  isRepeated: false,
  isCorrection: false,
  isBilled: false,
};
/** When there is a row a second already: one more of their minute, and one a second before it. */
const lateInTheMinute: Course = {
  already: manyRows + 1,
  steps: [told, { ...told, secondsLater: 1, delayedBy: 1 }, told, told],
  cuts: Array.from({ length: 25 }, () => 1),
};

function sayingsOf({ already, steps }: Course): readonly Saying[] {
  const before: Saying[] = Array.from({ length: already }, (_, second) => ({
    input: second + 1,
    output: 0,
    reasoning: 0,
    revision: 0,
    billedUsd: null,
    secondsAgo: longestAgo + already - second,
  }));
  let [input, output, reasoning, secondsAgo, revision, billed] = [already, 0, 0, longestAgo, 0, 0];
  const live = steps.map((one): Saying => {
    input = one.isCorrection ? Math.max(0, input - one.input) : input + one.input;
    output += one.output;
    reasoning = Math.min(output, reasoning + one.reasoning);
    secondsAgo = Math.max(0, secondsAgo - one.secondsLater);
    if (one.isCorrection) revision += 1;
    if (one.isBilled) billed += 1;
    const billedUsd = one.isBilled ? `0.0${billed + 10}` : null;
    return { input, output, reasoning, secondsAgo, revision, billedUsd };
  });
  for (const [at, { delayedBy }] of steps.entries()) {
    const [here, there] = [live[at], live[at + delayedBy]];
    if (here && there) [live[at], live[at + delayedBy]] = [there, here];
  }
  const repeated = live.filter((_, at) => steps[at]?.isRepeated);
  return [...before, ...live, ...repeated];
}

describe("what a running total has grown by", () => {
  let test: TestApp;
  let task: AddedTask;
  let nowMs: number;
  let courses = 0;
  beforeAll(async () => {
    test = await createTestApp();
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update workspaces set created_at = created_at - interval '60 days'`;
    });
    nowMs = test.now().getTime();
    task = await addTask(test, { startedAt: new Date(nowMs - 3 * longestAgo * 1_000) });
  });
  afterAll(() => test[Symbol.asyncDispose]());

  /** Books at one and the same moment, so that what was told twice is told of the same time. */
  const deliver = (key: string, sayings: readonly Saying[]): Promise<unknown> =>
    asSystem(test, (ctx) =>
      bookUsage(
        { ...ctx, now: new Date(nowMs) },
        sayings.map(({ secondsAgo, billedUsd, ...counts }) =>
          usageOf(task, {
            ...counts,
            key,
            cumulative: true,
            ageMs: secondsAgo * 1_000,
            reportedCostUsd: billedUsd,
            reportedCostBasis: billedUsd === null ? null : "billed",
            raw: { input: counts.input, secondsAgo },
          }),
        ),
      ),
    );

  const rowsOf = (key: string, { id: taskId } = task): Promise<readonly Row[]> =>
    asSystem(test, async ({ sql, workspaceId }) => {
      const id = eventIdOf(taskId, `${taskId}/${key}`);
      return sql<Row[]>`
        select part, used_at, input::int, output::int, coalesce(reasoning, 0)::int as reasoning,
          priced_pico, cache_saved_pico, reported_cost_pico, reported_cost_basis, price_id, raw
        from usage_events where workspace_id = ${workspaceId} and event_id = ${id} order by part`;
    });

  it(
    "is the same however it is cut into deliveries, and stands in the minute of its use",
    { timeout: testRunsTimeoutMs(120_000) },
    async () => {
      await fc.assert(
        fc.asyncProperty(course, async (drawn) => {
          courses += 1;
          const sayings = sayingsOf(drawn);
          await deliver(`whole ${courses}`, sayings);
          let from = drawn.already;
          await deliver(`cut ${courses}`, sayings.slice(0, from));
          for (const [at, length] of drawn.cuts.entries()) {
            const to = at === drawn.cuts.length - 1 ? sayings.length : from + length;
            await deliver(`cut ${courses}`, sayings.slice(from, to));
            from = to;
          }
          const rows = await rowsOf(`cut ${courses}`);
          expect(rows).toEqual(await rowsOf(`whole ${courses}`));
          expect(minutesOf(rows)).toEqual(expectedMinutes(sayings, nowMs));
          expect((await readPivots(test, [task.issueId])).differences).toEqual([]);
        }),
        { numRuns: testRuns(6), endOnFailure: true, examples: [[lateInTheMinute]] },
      );
    },
  );

  it("is kept by the quarter of an hour once a run has gone on for weeks: its rows have numbers for months", async () => {
    const weeksMinutes = 20_000;
    const weeks = await addTask(test, {
      startedAt: new Date(nowMs - (weeksMinutes + 60) * minuteMs),
    });
    const say = (minutesAgo: number, input: number) =>
      usageOf(weeks, { key: "weeks", cumulative: true, input, ageMs: minutesAgo * minuteMs });
    await book(test, [say(weeksMinutes + 50, 1)]);
    // A row a minute, as that many deliveries would leave them.
    await asSystem(test, async ({ sql }) => {
      await sql`
        insert into usage_events (workspace_id, event_id, used_at, received_at, input, cache_read,
          cache_write_5m, output, priced_pico, cache_saved_pico, meter_id, price_id, month, part,
          cumulative, cost_is_estimate)
        select workspace_id, event_id, used_at + number * interval '1 minute', received_at, input,
          cache_read, cache_write_5m, output, priced_pico, cache_saved_pico, meter_id, price_id, month,
          number, cumulative, cost_is_estimate
        from usage_events, generate_series(1, ${weeksMinutes - 1}) as number
        where event_id = ${eventIdOf(weeks.id, `${weeks.id}/weeks`)}`;
    });
    for (let minutesAgo = 40; minutesAgo > 0; minutesAgo -= 1) {
      await book(test, [say(minutesAgo, weeksMinutes + 41 - minutesAgo)]);
    }
    const rows = await rowsOf("weeks", weeks);
    expect(rows.length).toBeLessThanOrEqual(weeksMinutes + 4);
    expect(rows.reduce((sum, { input }) => sum + input, 0)).toBe(weeksMinutes + 40);
    const late = rows.slice(weeksMinutes).map(({ usedAt }) => bucketOf(usedAt).getTime());
    expect(new Set(late).size).toBe(late.length);
  });
});

type Counts = readonly [input: number, output: number, reasoning: number];
type Row = {
  readonly usedAt: Date;
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
};

const minuteOf = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;

function minutesOf(rows: readonly Row[]): ReadonlyMap<number, Counts> {
  const minutes = new Map<number, Counts>();
  for (const { usedAt, input, output, reasoning } of rows) {
    addTo(minutes, minuteOf(usedAt.getTime()), [input, output, reasoning]);
  }
  return inOrder(minutes);
}

/** The rules in their plainest form, without any row. */
function expectedMinutes(sayings: readonly Saying[], nowMs: number): ReadonlyMap<number, Counts> {
  let minutes = new Map<number, Counts>();
  let [known, revision]: [Counts | null, number] = [null, 0];
  for (const said of sayings) {
    const told: Counts = [said.input, said.output, said.reasoning];
    const minute = minuteOf(nowMs - said.secondsAgo * 1_000);
    if (known === null) {
      minutes.set(minute, told);
      [known, revision] = [told, said.revision];
      continue;
    }
    if (said.revision < revision) continue;
    const [input, output] = known;
    if (said.revision > revision && (told[0] < input || told[1] < output)) {
      minutes = new Map([[Math.min(...minutes.keys()), told]]);
      [known, revision] = [told, said.revision];
      continue;
    }
    const grown: Counts = known.map((count, at) => Math.max(count, told[at] ?? 0)) as never;
    const more: Counts = grown.map((count, at) => count - (known?.[at] ?? 0)) as never;
    const isNews = more.some((count) => count > 0) || said.billedUsd !== null;
    const hasTokens = more[0] + more[1] > 0;
    if (isNews) addTo(minutes, hasTokens ? minute : Math.max(...minutes.keys()), more);
    known = grown;
    if (more.some((count) => count > 0)) revision = Math.max(revision, said.revision);
  }
  return inOrder(minutes);
}

function addTo(minutes: Map<number, Counts>, minute: number, more: Counts): void {
  const [input, output, reasoning] = minutes.get(minute) ?? [0, 0, 0];
  minutes.set(minute, [input + more[0], output + more[1], reasoning + more[2]]);
}

function inOrder(minutes: ReadonlyMap<number, Counts>): ReadonlyMap<number, Counts> {
  return new Map([...minutes].toSorted(([a], [b]) => a - b));
}
