import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { live } from "@headcount/contract/live/routes";
import { setWorkspace } from "../platform/database.ts";
import { addTask } from "../testing/add-task.ts";
import { asSystem } from "../testing/as-system.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { noteLines } from "./note-lines.ts";
import { takeSample } from "./take-sample.ts";

const workspace = "acme";
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;
const start = Date.parse("2026-11-18T12:00:00Z");

let test: TestApp;

beforeEach(async () => {
  test = await createTestApp({ startsAt: new Date(start - 60 * minuteMs) });
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

/** Sets the clock, half a second after a moment: looks come a little late. */
function at(sinceStartMs: number): void {
  test.advance(start + sinceStartMs + 500 - test.now().getTime());
}

async function lookEvery(stepMs: number, fromMs: number, toMs: number): Promise<void> {
  for (let ms = fromMs; ms <= toMs; ms += stepMs) {
    at(ms);
    await asSystem(test, takeSample);
  }
}

async function kept(): Promise<{ second: number; running: number }[]> {
  return test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    const rows = await tx<{ sampledAt: Date; runningTasks: number }[]>`
      select sampled_at, running_tasks from live_samples order by sampled_at`;
    return rows.map((row) => ({
      second: (row.sampledAt.getTime() - start) / secondMs,
      running: row.runningTasks,
    }));
  });
}

async function endTasks(): Promise<void> {
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    await tx`update tasks set status = 'completed', outcome = 'done', ended_at = ${test.now()}`;
  });
}

async function levels(metric: string, fromMs: number, toMs: number) {
  const reply = await test.alice.call(live.series, {
    workspace,
    metrics: metric,
    from: new Date(start + fromMs).toISOString(),
    to: new Date(start + toMs).toISOString(),
  } as never);
  return { bucket: reply.levels.times.bucket, values: reply.levels.series[0]?.values };
}

describe("looks at a workspace", () => {
  it("are taken every ten seconds while anything runs, and with every minute otherwise", async () => {
    await lookEvery(10 * secondMs, 0, 2 * minuteMs);
    await addTask(test);
    await lookEvery(10 * secondMs, 130 * secondMs, 160 * secondMs);
    at(165 * secondMs);
    await endTasks();
    await lookEvery(10 * secondMs, 170 * secondMs, 5 * minuteMs);
    expect(await kept()).toEqual([
      ...[0, 60, 120].map((second) => ({ second, running: 0 })),
      ...[130, 140, 150, 160].map((second) => ({ second, running: 1 })),
      // The end of the work is seen at once.
      ...[170, 180, 240, 300].map((second) => ({ second, running: 0 })),
    ]);
  });

  it("are taken once, whichever and however many servers do it at the same time", async () => {
    await addTask(test);
    at(0);
    await Promise.all(Array.from({ length: 6 }, () => asSystem(test, takeSample)));
    await asSystem(test, takeSample);
    at(10 * secondMs);
    await Promise.all(Array.from({ length: 6 }, () => asSystem(test, takeSample)));
    expect(await kept()).toEqual([0, 10].map((second) => ({ second, running: 1 })));
  });

  it("leave a gap while nobody looks, which is neither zero nor what was seen last", async () => {
    await addTask(test);
    await lookEvery(10 * secondMs, 0, 60 * secondMs);
    // Nobody looks for three minutes, as while a server is down.
    await lookEvery(10 * secondMs, 240 * secondMs, 300 * secondMs);
    const { bucket, values } = await levels("running_tasks", 0, 360 * secondMs);
    expect(bucket).toBe("10s");
    // A look holds for thirty seconds at most.
    const gap = Array.from({ length: 15 }, () => null);
    expect(values?.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 1));
    expect(values?.slice(9, 24)).toEqual(gap);
    expect(values?.slice(24, 30)).toEqual(Array.from({ length: 6 }, () => 1));
  });

  it("say in the snapshot when they are late", async () => {
    at(0);
    await asSystem(test, takeSample);
    const sampling = async () =>
      (await test.alice.call(live.snapshot, { workspace })).gauges.sampling;
    expect(await sampling()).toBe("on_time");
    at(5 * minuteMs);
    expect(await sampling()).toBe("late");
  });

  it("are averaged over the time for which they stand, not cut to whole numbers", async () => {
    await addTask(test);
    await lookEvery(10 * secondMs, 0, 30 * secondMs);
    await addTask(test);
    await lookEvery(10 * secondMs, 40 * secondMs, 50 * secondMs);
    at(10 * 60 * minuteMs);
    const { bucket, values } = await levels("running_tasks", 0, 8 * 60 * minuteMs);
    expect(bucket).toBe("1min");
    // 40 s with one, then 20 s with two; the last look holds for 20 s more.
    expect(values?.slice(0, 3)).toEqual([(40 + 2 * 20) / 60, 2, null]);
  });

  it("become quarters of an hour after a week, with the same averages and every line", async () => {
    await addTask(test);
    await lookEvery(10 * secondMs, 0, 10 * minuteMs);
    const task = await addTask(test);
    await lookEvery(10 * secondMs, 10 * minuteMs + 10 * secondMs, 30 * minuteMs);
    const totals = { linesAdded: 30, linesDeleted: 4, filesChanged: 1 };
    await asSystem(test, (ctx) =>
      noteLines(ctx, task.id, { totals, at: new Date(start + 16 * minuteMs) }),
    );
    const range = [0, 11 * 60 * minuteMs] as const;
    at(12 * 60 * minuteMs);
    const asQuarters = async () => ({
      running: (await levels("running_tasks", ...range)).values,
      added: (await levels("lines_added", ...range)).values,
      deleted: (await levels("lines_deleted", ...range)).values,
    });
    // 26 hours are shown in quarters of an hour; the rest of them is not known.
    const wide = [-15 * 60 * minuteMs, 12 * 60 * minuteMs] as const;
    const before = await levels("running_tasks", ...wide);
    const linesBefore = await levels("lines_added", ...wide);
    expect(before.bucket).toBe("15min");
    test.advance(8 * dayMs);
    await test.app.jobs.runNow("live.keep-samples");
    await test.app.jobs.runNow("live.keep-samples");
    expect(await kept()).toEqual([]);
    const after = await levels("running_tasks", ...wide);
    expect(after).toEqual(before);
    expect(await levels("lines_added", ...wide)).toEqual(linesBefore);
    const { running, added, deleted } = await asQuarters();
    expect(running?.[0]).toBeCloseTo((610 + 2 * 290) / 900, 9);
    expect(running?.slice(1, 3)).toEqual([2, 2]);
    expect(running?.slice(3)).toEqual(running?.slice(3).map(() => null));
    expect(added?.slice(0, 3)).toEqual([0, 30, 0]);
    expect(deleted?.slice(0, 3)).toEqual([0, 4, 0]);

    // What a machine delivers still later counts as well.
    const more = { linesAdded: 35, linesDeleted: 4, filesChanged: 1 };
    await asSystem(test, async (ctx) => {
      await ctx.sql`update tasks set lines_added = 30, lines_deleted = 4 where id = ${task.id}`;
      await noteLines(ctx, task.id, { totals: more, at: new Date(start + 17 * minuteMs) });
    });
    expect((await asQuarters()).added?.slice(0, 3)).toEqual([0, 35, 0]);
    await test.app.jobs.runNow("live.keep-samples");
    expect((await asQuarters()).added?.slice(0, 3)).toEqual([0, 35, 0]);
  });

  it("count lines by what was measured, take back what was undone, and fall to zero", async () => {
    const task = await addTask(test);
    const measure = (linesAdded: number, secondsAgo: number) =>
      asSystem(test, async (ctx) => {
        const totals = { linesAdded, linesDeleted: 0, filesChanged: 1 };
        await noteLines(ctx, task.id, {
          totals,
          at: new Date(ctx.now.getTime() - secondsAgo * secondMs),
        });
        await ctx.sql`update tasks set lines_added = ${linesAdded} where id = ${task.id}`;
      });
    const lastMinutes = async () => {
      const { gauges } = await test.alice.call(live.snapshot, { workspace });
      return [gauges.oneMinute.linesAdded, gauges.fiveMinutes.linesAdded];
    };
    at(0);
    await measure(120, 90);
    await measure(200, 0);
    expect(await lastMinutes()).toEqual([80, 200]);
    await measure(200, 0);
    await measure(150, 0);
    expect(await lastMinutes()).toEqual([30, 150]);
    at(10 * minuteMs);
    expect(await lastMinutes()).toEqual([0, 0]);
  });
});
