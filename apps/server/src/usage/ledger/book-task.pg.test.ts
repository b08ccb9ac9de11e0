import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { newId, type ProjectId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import type { WorkspaceContext } from "../../platform/context.ts";
import { openOwnerConnection, setWorkspace } from "../../platform/database.ts";
import { asSystem } from "../../testing/as-system.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { findUsageDifferences } from "../verify/find-differences.ts";
import { reattributeMeters } from "../rollups/reattribute.ts";
import { allTaskPoints } from "../rollups/task-points.ts";
import { bookTask } from "./book-task.ts";
import { book, usageOf } from "./usage.fixture.ts";

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

const inWorkspace = <T>(run: (ctx: WorkspaceContext) => Promise<T>): Promise<T> =>
  asSystem(test, run);

/** Brings a task's row into a state, as the state machine would, and books it. */
async function becomes(
  task: AddedTask,
  columns: Record<string, unknown>,
  measuredAt: Date | null = null,
): Promise<void> {
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    if (Object.keys(columns).length === 0) return;
    await tx`update tasks set ${tx(columns)} where id = ${task.id}`;
  });
  await inWorkspace((ctx) => bookTask(ctx, task.id, measuredAt));
}

type Sums = { model: string; failureClass: string | null; started: string; done: string };

async function sums(): Promise<Record<string, unknown>[]> {
  return inWorkspace(async (ctx) => {
    expect(await findUsageDifferences(ctx)).toEqual([]);
    const rows = await ctx.sql<Sums[]>`
      select m.model, m.failure_class, coalesce(sum(t.tasks_started), 0)::int as started,
        coalesce(sum(t.tasks_done), 0)::int as done, coalesce(sum(t.tasks_failed), 0)::int as failed,
        coalesce(sum(t.run_ms), 0)::int as run_ms,
        coalesce(sum(t.lines_added), 0)::int as lines_added
      from ${allTaskPoints(ctx)} as t
      join usage_meters m on m.id = t.meter_id
      group by m.model, m.failure_class
      having sum(t.tasks_started) <> 0 or sum(t.tasks_done) <> 0 or sum(t.tasks_failed) <> 0
      order by m.model`;
    return [...rows];
  });
}

describe("what became of a task", () => {
  it("counts a start when it happens, and the task once when it has ended", async () => {
    const task = await addTask(test);
    const startedAt = test.now();
    await becomes(task, { started_at: startedAt });
    expect(await sums()).toMatchObject([{ model: "none", started: 1, done: 0 }]);
    await book(test, [usageOf(task, { input: 5 })]);
    const endedAt = new Date(startedAt.getTime() + 90_000);
    const ended = { ended_at: endedAt, status: "completed", outcome: "done", lines_added: 7 };
    await becomes(task, { ...ended, coverage_level: "exact" });
    await becomes(task, ended);
    expect(await sums()).toEqual([
      {
        model: "headcount/tutorial",
        failureClass: null,
        started: 1,
        done: 1,
        failed: 0,
        runMs: 90_000,
        linesAdded: 7,
      },
    ]);
    const meters = await inWorkspace((ctx) => ctx.sql`select distinct coverage from usage_meters`);
    expect(meters).toMatchObject([{ coverage: "exact" }]);
  });

  it("counts the lines of a running task when they were measured, and moves them to its end", async () => {
    const task = await addTask(test);
    const startedAt = test.now();
    const later = (minutes: number): Date => new Date(startedAt.getTime() + minutes * 60_000);
    const linesAt = (): Promise<unknown> =>
      inWorkspace(async (ctx) => {
        expect(await findUsageDifferences(ctx)).toEqual([]);
        return ctx.sql`
          select bucket_at, lines_added::int as lines, tasks_done::int as done, run_ms::int
          from ${allTaskPoints(ctx)} as t where lines_added <> 0`;
      });
    await becomes(task, { started_at: startedAt });
    expect(await linesAt()).toEqual([]);
    await becomes(task, { lines_added: 7 }, later(20));
    const running = { done: null, runMs: null };
    expect(await linesAt()).toEqual([{ bucketAt: later(20), lines: 7, ...running }]);
    await becomes(task, { lines_added: 3 }, later(40));
    // Booked anew for another reason, e.g. since a first model call says which model it uses.
    await becomes(task, {});
    expect(await linesAt()).toEqual([{ bucketAt: later(40), lines: 3, ...running }]);
    await becomes(task, { ended_at: later(50), status: "completed", outcome: "done" });
    expect(await linesAt()).toEqual([
      { bucketAt: later(50), lines: 3, done: 1, runMs: 50 * 60_000 },
    ]);
  });

  it("takes a failure back when a late result proves it wrong", async () => {
    const task = await addTask(test);
    const at = test.now();
    const failed = { status: "failed", outcome: "failed", failure_reason: "runtime_offline" };
    await becomes(task, { started_at: at, ended_at: at, ...failed });
    expect(await sums()).toMatchObject([{ failureClass: "runtime", started: 1, failed: 1 }]);
    await becomes(task, { status: "completed", outcome: "done", failure_reason: null });
    expect(await sums()).toMatchObject([{ failureClass: null, started: 1, done: 1, failed: 0 }]);
  });

  it("counts one task for two models, under the one that it used most", async () => {
    const task = await addTask(test);
    await book(test, [
      usageOf(task, { key: "a", model: "small", input: 5 }),
      usageOf(task, { key: "b", model: "large", input: 50 }),
    ]);
    const at = test.now();
    await becomes(task, { started_at: at, ended_at: at, status: "completed", outcome: "done" });
    expect(await sums()).toMatchObject([{ model: "large", started: 1, done: 1 }]);
  });

  it("moves with its issue, with everything that is folded and everything that is not", async () => {
    const task = await addTask(test);
    const at = test.now();
    await becomes(task, { started_at: at });
    const projectId = newId<ProjectId>();
    await inWorkspace((ctx) => reattributeMeters(ctx, { issueId: task.issueId }, { projectId }));
    await becomes(task, { ended_at: at, status: "completed", outcome: "done" });
    const rows = await inWorkspace(
      (ctx) => ctx.sql<{ projectId: string; done: number }[]>`
        select m.project_id, sum(t.tasks_done)::int as done
        from usage_tail t join usage_meters m on m.id = t.meter_id group by 1`,
    );
    expect(rows).toEqual([{ projectId, done: 1 }]);
    expect(await sums()).toMatchObject([{ started: 1, done: 1 }]);
  });

  it("moves with an issue that is moved while the task ends", async () => {
    const { id: projectId } = await test.alice.call(projects.create, {
      workspace: "acme",
      title: "Moved here",
    });
    const task = await addTask(test, { status: "queued" });
    const moving = Promise.withResolvers<unknown>();
    await using stack = new AsyncDisposableStack();
    // Only the owner sees what others wait for.
    const owner = stack.adopt(openOwnerConnection(test.databaseUrl), (sql) => sql.end());
    await inWorkspace(async (ctx) => {
      await ctx.sql`
        update tasks set started_at = ${ctx.now}, ended_at = ${ctx.now}, status = 'cancelled',
          outcome = 'cancelled'
        where workspace_id = ${ctx.workspaceId} and id = ${task.id}`;
      await bookTask(ctx, task.id);
      let hasMoved = false;
      const move = { workspace: "acme", issue: task.issueId, projectId };
      moving.resolve(
        test.alice.call(issues.update, move).finally(() => {
          hasMoved = true;
        }),
      );
      // The move is through, or it waits for this transaction.
      await waitFor(async () => hasMoved || (await isSomebodyWaiting(owner)), {
        describe: "the move to come as far as it can",
      });
    });
    await moving.promise;
    const meters = await inWorkspace(
      (ctx) => ctx.sql`select project_id from usage_meters where task_id = ${task.id}`,
    );
    expect(meters).toMatchObject([{ projectId }]);
  });
});

async function isSomebodyWaiting(owner: ReturnType<typeof openOwnerConnection>): Promise<boolean> {
  const waiting = await owner`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return waiting.length > 0;
}
