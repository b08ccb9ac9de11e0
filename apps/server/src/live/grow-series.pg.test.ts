import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { changes } from "@headcount/contract/realtime/routes";
import { growSeries, seriesSince } from "@headcount/domain/live/grow-series";
import { addTask, type AddedTask } from "../testing/add-task.ts";
import { asSystem } from "../testing/as-system.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";
import { takeSample } from "./take-sample.ts";

const workspace = "acme";
const secondMs = 1_000;
const tickMs = 10 * secondMs;
const hourMs = 3_600 * secondMs;
const asked = {
  workspace,
  metrics: "tokens,input,cost,tasks,running_tasks,queue_depth,lines_added",
  compare: "previous",
} as const;

let test: TestApp;
let task: AddedTask;

beforeEach(async () => {
  test = await createTestApp({ startsAt: new Date("2026-11-18T09:00:00.400Z") });
  task = await addTask(test, { startedAt: test.now() });
  test.advance(2 * hourMs);
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

function following(lengthMs: number) {
  const toMs = (Math.floor(test.now().getTime() / tickMs) + 1) * tickMs;
  return { fromMs: toMs - lengthMs, toMs };
}

const instants = ({ fromMs, toMs }: ReturnType<typeof following>) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
});

type Range = ReturnType<typeof following>;

const whole = (range: Range): Promise<LiveSeriesReply> =>
  test.alice.call(live.series, { ...asked, ...instants(range) });

/** What a page reads that has `known` already. */
async function news(known: LiveSeriesReply, range: Range): Promise<LiveSeriesReply> {
  const since = seriesSince(known, range);
  if (since === null) throw new Error("The whole range would be read");
  return test.alice.call(live.series, { ...asked, ...instants(range), since });
}

/** Both ways of reading a range, in the same tick of the clock: it does not stand still between them. */
async function bothWays(known: LiveSeriesReply) {
  for (;;) {
    const range = following(hourMs / 2);
    const latest = await news(known, range);
    const reference = await whole(range);
    if (Date.parse(reference.asOf) < range.toMs) return { latest, reference };
  }
}

const lastChange = async (): Promise<number> =>
  (await test.alice.call(changes.poll, { workspace, after: 0 })).items.at(-1)?.seq ?? 0;

/** From when on a page is told that figures have changed. */
async function bookedFrom(after: number): Promise<readonly string[]> {
  const { items } = await test.alice.call(changes.poll, { workspace, after });
  return items
    .filter(({ type }) => type === "usage.booked")
    .map(({ data }) => String(data["usedFrom"]));
}

const bookOne = (key: string, ageMs = 0) =>
  book(test, [usageOf(task, { key, ageMs, input: 1_000, output: 7 })]);

const bucketsIn = ({ sums, levels, comparison }: LiveSeriesReply): number =>
  [sums, levels, comparison?.sums, comparison?.levels].reduce(
    (count, group) => count + (group?.times.startsAt.length ?? 0),
    0,
  );

/** Without the moment of reading, which differs from call to call. */
const content = (reply: LiveSeriesReply) => ({ ...reply, asOf: "" });

describe("a chart that is left open", () => {
  it("is what the whole range says at every tick, and reads no more of it as it ages", async () => {
    let known = await whole(following(hourMs / 2));
    const wholeSize = JSON.stringify(known).length;
    const read: { readonly buckets: number; readonly size: number }[] = [];
    for (let tick = 0; tick < 8; tick += 1) {
      // Longer steps in between: the page was in the background, or the machine was busy.
      test.advance(tick % 4 === 3 ? 3 * tickMs : tickMs);
      await bookOne(`tick ${tick}`);
      await asSystem(test, takeSample);
      const { latest, reference } = await bothWays(known);
      const grown = growSeries(known, latest);
      if (grown === null) throw new Error(`Tick ${tick} does not fit`);
      expect(content(grown)).toEqual(content(reference));
      const steps = (Date.parse(latest.to) - Date.parse(known.to)) / tickMs;
      read.push({ buckets: bucketsIn(latest) - 4 * steps, size: JSON.stringify(latest).length });
      known = grown;
    }
    // Beside the steps themselves: a minute in which records may be late, and the bucket that is
    // being filled; of sums and of looks, and the same of the time that is compared with.
    expect(Math.max(...read.map(({ buckets }) => buckets))).toBeLessThanOrEqual(4 * 8);
    expect(bucketsIn(known)).toBe(4 * 180);
    expect(Math.max(...read.map(({ size }) => size))).toBeLessThan(wholeSize / 4);
  });

  it("is read anew when something is told late, and only then", async () => {
    const range = following(hourMs);
    const known = await whole(range);
    await bookOne("in time");
    const intact = growSeries(known, await news(known, range));
    expect(intact).not.toBeNull();
    await bookOne("late", 20 * 60 * secondMs);
    expect(intact && growSeries(intact, await news(intact, range))).toBeNull();
  });

  it("is read anew when the time that it is compared with was told late", async () => {
    const range = following(hourMs / 2);
    const known = await whole(range);
    await bookOne("late", 45 * 60 * secondMs);
    expect(growSeries(known, await news(known, range))).toBeNull();
  });

  it("reads what was revised from there on, though the sums of its range are what they were", async () => {
    const range = following(hourMs);
    const calls = [
      { key: "one", ageMs: 30 * 60 * secondMs, input: 1_000 },
      { key: "other", ageMs: 20 * 60 * secondMs, input: 2_000 },
    ];
    await book(
      test,
      calls.map((call) => usageOf(task, call)),
    );
    const known = await whole(range);
    const heardUpTo = await lastChange();
    await book(test, [
      usageOf(task, { ...calls[0], input: 2_000, revision: 1 }),
      usageOf(task, { ...calls[1], input: 1_000, revision: 1 }),
    ]);
    const reference = await whole(range);
    const told = await bookedFrom(heardUpTo);
    expect(told).toHaveLength(1);
    const revisedFromMs = Date.parse(told[0] ?? "");
    const since = seriesSince(known, range, revisedFromMs);
    if (since === null) throw new Error("The whole range would be read");
    expect(Date.parse(since)).toBeGreaterThan(range.fromMs);
    const latest = await test.alice.call(live.series, { ...asked, ...instants(range), since });
    const grown = growSeries(known, latest);
    expect(grown && content(grown)).toEqual(content(reference));
    // Who does not listen does not notice.
    const deaf = growSeries(known, await news(known, range));
    expect(deaf && content(deaf)).not.toEqual(content(reference));
  });

  it("is read anew when something before it was revised, the time that it is compared with too", async () => {
    const range = following(hourMs / 2);
    const known = await whole(range);
    const comparedFromMs = Date.parse(known.comparison?.from ?? "");
    expect(seriesSince(known, range, comparedFromMs + tickMs)).toBeNull();
    expect(seriesSince(known, range, range.fromMs + tickMs)).not.toBeNull();
  });

  it("grows what lies before a range that moves by what it moved over", async () => {
    const { fromMs } = following(hourMs);
    const before = { fromMs, toMs: fromMs + hourMs / 2 };
    const after = { fromMs, toMs: before.toMs + tickMs };
    const read = (range: Range, since?: string) =>
      test.alice.call(live.series, {
        workspace,
        metrics: "tokens",
        ...instants(range),
        ...(since === undefined ? {} : { since }),
      });
    await bookOne("inside", hourMs / 2 - 5 * secondMs);
    const known = await read(before);
    const since = seriesSince(known, after);
    if (since === null) throw new Error("The whole range would be read");
    const latest = await read(after, since);
    const grown = growSeries(known, latest);
    expect(grown && content(grown)).toEqual(content(await read(after)));
    expect(bucketsIn(latest)).toBeLessThan(bucketsIn(known) / 4);
  });

  it("is read anew where the range begins before what is known, or between two buckets", async () => {
    const range = following(hourMs / 2);
    const known = await whole(range);
    expect(seriesSince(known, { ...range, fromMs: range.fromMs - tickMs })).toBeNull();
    expect(seriesSince(known, { ...range, fromMs: range.fromMs + 3 * secondMs })).toBeNull();
    expect(seriesSince(known, { ...range, fromMs: range.fromMs + tickMs })).not.toBeNull();
  });

  it("of the past reads no bucket at all as long as nothing of it changes", async () => {
    const { fromMs } = following(hourMs);
    const range = instants({ fromMs, toMs: fromMs + hourMs / 2 });
    const known = await test.alice.call(live.series, { ...asked, ...range });
    const latest = await test.alice.call(live.series, { ...asked, ...range, since: range.to });
    expect(seriesSince(known, { fromMs, toMs: fromMs + hourMs / 2 })).toBe(range.to);
    expect(bucketsIn(latest)).toBe(0);
    const grown = growSeries(known, latest);
    expect(grown && content(grown)).toEqual(content(known));
  });

  it("refuses to tell what is new since a moment outside of the range", async () => {
    const range = instants(following(hourMs));
    await expect(
      test.alice.call(live.series, { ...asked, ...range, since: "2026-11-18T08:00:00Z" }),
    ).rejects.toMatchObject({ code: "invalid", reason: "live.since" });
  });
});
