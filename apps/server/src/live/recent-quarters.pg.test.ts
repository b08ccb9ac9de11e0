import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { newId } from "@headcount/contract/kit/ids";
import { live } from "@headcount/contract/live/routes";
import { liveChanges, liveLevels } from "@headcount/contract/live/words";
import { patientMs } from "@headcount/testkit/patience";
import { seeded } from "@headcount/testkit/seeded";
import type { WorkspaceContext } from "../platform/context.ts";
import { asSystem } from "../testing/as-system.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { insertLineStep, insertSample } from "./store.ts";
import { takeSample } from "./take-sample.ts";

const workspace = "acme";
const tickMs = 10_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const start = Date.parse("2026-11-18T12:00:00Z");
const lookedForMs = 3 * hourMs;

let test: TestApp;

/** Three hours of looks and steps, with gaps, and four minutes more; the clock stands at their end. */
beforeEach(async () => {
  test = await createTestApp({ startsAt: new Date(start + lookedForMs + 4 * minuteMs) });
  const { below } = seeded(7);
  await asSystem(test, async (ctx) => {
    const told: Promise<void>[] = [];
    for (let ms = 0; ms < lookedForMs + 4 * minuteMs; ms += tickMs) {
      const isLookedAt = below(10) > 0 && (ms < hourMs || ms > hourMs + 20 * minuteMs);
      if (isLookedAt) told.push(look(ctx, ms, { runningTasks: below(50), holdsMs: 30_000 }));
      if (below(3) === 0) told.push(step(ctx, ms + below(tickMs), below(40)));
    }
    await Promise.all(told);
  });
});
afterEach(() => test[Symbol.asyncDispose]());

function look(
  ctx: WorkspaceContext,
  ms: number,
  { runningTasks, holdsMs }: { readonly runningTasks: number; readonly holdsMs: number },
): Promise<void> {
  const state = { runningTasks, activeAgents: 3, capacity: 60, queueDepth: 2, openIssues: 400 };
  return insertSample(ctx, { sampledAt: new Date(start + ms), holdsMs, state });
}

const step = (ctx: WorkspaceContext, ms: number, linesAdded: number): Promise<void> =>
  insertLineStep(ctx, { id: newId(), at: new Date(start + ms), linesAdded, linesDeleted: 1 });

const countQuarters = (): Promise<void> => test.app.jobs.runNow("live.count-quarters");

/** A day and a half, by quarters of an hour; the last one is not over. */
async function levels(): Promise<unknown> {
  const to = start + lookedForMs + 3 * minuteMs;
  const reply = await test.alice.call(live.series, {
    workspace,
    metrics: [...liveLevels, ...liveChanges].join(","),
    from: new Date(to - 1.5 * dayMs).toISOString(),
    to: new Date(to).toISOString(),
  } as never);
  expect(reply.levels.times.bucket).toBe("15min");
  return reply.levels.series;
}

/** How many quarters are kept of the three hours. */
const kept = (): Promise<number> =>
  asSystem(test, async ({ sql }) => {
    const rows = await sql`
      select starts_at from live_recent_quarters where starts_at < ${new Date(start + lookedForMs)}`;
    return rows.length;
  });

it("a chart of days says the same from quarters of an hour as from looks and steps", async () => {
  const before = await levels();
  await countQuarters();
  expect(await kept()).toBe(lookedForMs / (15 * minuteMs));
  expect(await levels()).toEqual(before);
});

it("a chart of days is drawn from the quarters that are kept, and from looks where one is not", async () => {
  const before = await levels();
  await countQuarters();
  await asSystem(test, async ({ sql }) => {
    await sql`delete from live_samples where sampled_at < ${new Date(start + hourMs)}`;
    await sql`delete from live_line_steps where at < ${new Date(start + hourMs)}`;
  });
  expect(await levels()).toEqual(before);
  await asSystem(test, async ({ sql }) => {
    await sql`delete from live_recent_quarters where starts_at = ${new Date(start)}`;
  });
  expect(await levels()).not.toEqual(before);
});

it("what is told late takes the quarters that it changes away, until they are summed anew", async () => {
  await countQuarters();
  const quarters = await kept();
  // At the end of a quarter: it changes the look before it, and stands for a while of the next.
  await asSystem(test, (ctx) =>
    look(ctx, 15 * minuteMs - 5_000, { runningTasks: 900, holdsMs: 80_000 }),
  );
  expect(await kept()).toBe(quarters - 2);
  await asSystem(test, (ctx) => step(ctx, 2 * hourMs, 1_000));
  expect(await kept()).toBe(quarters - 3);
  const late = await levels();
  await countQuarters();
  expect(await kept()).toBe(quarters);
  expect(await levels()).toEqual(late);
});

it("no quarter is summed while a step of it has not been committed", async () => {
  await asSystem(test, async (ctx) => {
    await step(ctx, hourMs, 1_000);
    await countQuarters();
  });
  expect(await kept()).toBe(0);
  const before = await levels();
  await countQuarters();
  expect(await kept()).toBeGreaterThan(0);
  expect(await levels()).toEqual(before);
});

it("a look that is due while quarters are summed waits for them, and is not left out", async () => {
  const looks = (): Promise<number> =>
    asSystem(test, async ({ sql }) => (await sql`select 1 from live_samples`).count);
  const before = await looks();
  const { summing, looking } = await asSystem(test, async ({ sql, workspaceId }) => {
    await sql`
      insert into live_recent_quarters (workspace_id, starts_at, known_ms, running_tasks, active_agents,
        capacity, queue_depth, open_issues)
      values (${workspaceId}, ${new Date(start)}, 0, 0, 0, 0, 0, 0)`;
    // The job comes to the quarter of this transaction and waits for how it ends.
    const job = countQuarters();
    await vi.waitFor(async () => {
      const waiting = await test.app.database.pool`
        select 1 from pg_locks where not granted and pid in (
          select pid from pg_locks join pg_database d on d.oid = database
          where d.datname = current_database())`;
      expect(waiting.count).toBe(1);
    }, patientMs(5_000));
    return { summing: job, looking: asSystem(test, takeSample) };
  });
  await Promise.all([summing, looking]);
  expect(await looks()).toBe(before + 1);
});

it("nothing counts twice once a week has passed", async () => {
  await countQuarters();
  const total = async (): Promise<unknown> => {
    const reply = await test.alice.call(live.series, {
      workspace,
      metrics: "lines_added",
      from: new Date(start - 10 * dayMs).toISOString(),
      to: new Date(start + 20 * dayMs).toISOString(),
    });
    return reply.levels.series[0]?.total;
  };
  const before = await total();
  test.advance(7 * dayMs - hourMs - 4 * minuteMs);
  await test.app.jobs.runNow("live.keep-samples");
  expect([await kept(), await total()]).toEqual([4, before]);
  await countQuarters();
  expect([await kept(), await total()]).toEqual([4, before]);
  test.advance(hourMs);
  await test.app.jobs.runNow("live.keep-samples");
  expect([await kept(), await total()]).toEqual([0, before]);
});
