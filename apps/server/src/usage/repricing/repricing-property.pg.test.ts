import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { PriceOverrideId, ProjectId, RepricingId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { prices } from "@headcount/contract/usage/price-routes";
import type { Repricing } from "@headcount/contract/usage/price-schemas";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../../platform/database.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, readPivots, usageOf } from "../ledger/usage.fixture.ts";

const workspace = "acme";
const minuteMs = 60_000;
const models = ["red", "green", "claude-opus-4-5"] as const;

type Step =
  | {
      readonly type: "book";
      readonly key: number;
      readonly model: number;
      readonly amount: number;
      readonly minutesAgo: number;
    }
  | {
      readonly type: "set";
      readonly model: number;
      readonly usd: number;
      readonly minutesAgo: number;
      readonly holdsMinutes: number | null;
    }
  | { readonly type: "end" }
  | { readonly type: "reprice"; readonly model: number | null; readonly all: boolean }
  | { readonly type: "undo"; readonly which: number }
  | { readonly type: "move"; readonly task: number; readonly isAway: boolean };

const model = fc.nat({ max: models.length - 1 });
const minutesAgo = fc.nat({ max: 90 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("book" as const),
      key: fc.nat({ max: 7 }),
      model,
      amount: fc.nat({ max: 40 }),
      minutesAgo,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("set" as const),
      model,
      usd: fc.nat({ max: 9 }),
      minutesAgo,
      holdsMinutes: fc.option(fc.integer({ min: 1, max: 60 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("end" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("reprice" as const),
      model: fc.option(model),
      all: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("undo" as const), which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("move" as const),
      task: fc.nat({ max: 1 }),
      isAway: fc.boolean(),
    }),
  },
);

describe("prices under random traffic", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ maxConnections: 10 });
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update workspaces set created_at = created_at - interval '1 day'`;
    });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it(
    "INV-77 sums equal the ledger while usage is booked, moved, priced anew and taken back at once",
    { timeout: testRunsTimeoutMs(120_000) },
    async () => {
      const project = await test.alice.call(projects.create, { workspace, title: "Away" });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
          async (rounds) => {
            const startedAt = new Date(test.now().getTime() - 100 * minuteMs);
            const tasks = [await addTask(test, { startedAt }), await addTask(test, { startedAt })];
            const world = makeWorld(test, tasks, project.id);
            for (const round of rounds) {
              await Promise.all([...round.map(world.take), expectExact(test)]);
              await expectExact(test);
            }
            const before = await readPrices(test);
            const again = await repriceAll(test);
            await expectExact(test);
            const undone = await finish(again.id, (repricingId) =>
              test.alice.call(prices.undoReprice, { workspace, repricingId }),
            );
            expect(undone.keptEvents).toBe(0);
            expect(await readPrices(test)).toEqual(before);
            await expectExact(test);
          },
        ),
        { numRuns: testRuns(10) },
      );
    },
  );
});

async function expectExact(test: TestApp): Promise<void> {
  const pivots = await readPivots(test, []);
  expect(pivots.differences).toEqual([]);
  expect(pivots.perAgent).toEqual(pivots.perDay);
  expect(pivots.strayMeters).toBe(0);
}

/** Repeats a call until the act has been done to its end. */
async function finish(
  id: RepricingId,
  call: (id: RepricingId) => Promise<Repricing>,
): Promise<Repricing> {
  const state = await call(id);
  return state.status === "partial" || state.status === "undoing" ? finish(id, call) : state;
}

async function repriceAll(test: TestApp): Promise<Repricing> {
  const { id } = await test.alice.call(prices.reprice, { workspace, all: true });
  return finish(id, (repricingId) => test.alice.call(prices.reprice, { workspace, repricingId }));
}

function makeWorld(test: TestApp, tasks: readonly AddedTask[], away: ProjectId) {
  const overrides: PriceOverrideId[] = [];
  const repricings: RepricingId[] = [];
  const instant = (ago: number): string =>
    new Date(test.now().getTime() - ago * minuteMs).toISOString();
  return {
    async take(taken: Step): Promise<void> {
      switch (taken.type) {
        case "book": {
          const [first] = tasks;
          const task = tasks[taken.key % tasks.length] ?? first;
          if (!task) return;
          const isTotal = taken.key < 4;
          const record = usageOf(task, {
            key: `k${taken.key} ${taken.model}`,
            provider: taken.model === 2 ? "anthropic" : "lab",
            model: models[taken.model] ?? "red",
            cumulative: isTotal,
            revision: isTotal ? 0 : taken.amount,
            input: 1_000 + taken.amount,
            cacheRead: taken.amount,
            output: isTotal ? taken.amount : 41 - taken.amount,
            ageMs: taken.minutesAgo * minuteMs,
          });
          const [result] = await book(test, [record]);
          expect(result?.result).not.toBe("rejected");
          return;
        }
        case "set": {
          const { id } = await test.alice.call(prices.setOverride, {
            workspace,
            provider: taken.model === 2 ? "anthropic" : "lab",
            model: models[taken.model] ?? "red",
            rates: { input: `${taken.usd}`, output: `${taken.usd}.5`, cacheRead: "0.25" },
            startsAt: instant(taken.minutesAgo),
            endsAt:
              taken.holdsMinutes === null ? null : instant(taken.minutesAgo - taken.holdsMinutes),
          });
          overrides.push(id);
          return;
        }
        case "end": {
          const overrideId = overrides.pop();
          if (overrideId === undefined) return;
          const ended = test.alice.call(prices.endOverride, { workspace, overrideId });
          await ended.catch((error: { reason?: string }) => {
            expect(error.reason).toBe("price_override.already_ended");
          });
          return;
        }
        case "reprice": {
          const name = taken.model === null ? {} : { model: models[taken.model] ?? "red" };
          const { id } = await test.alice.call(prices.reprice, {
            workspace,
            all: taken.all,
            ...name,
          });
          repricings.push(id);
          return;
        }
        case "undo": {
          const repricingId = repricings[taken.which];
          if (repricingId === undefined) return;
          await test.alice.call(prices.undoReprice, { workspace, repricingId });
          return;
        }
        case "move": {
          const issue = tasks[taken.task]?.issueId;
          if (issue === undefined) return;
          const projectId = taken.isAway ? away : null;
          await test.alice.call(issues.update, { workspace, issue, projectId });
        }
      }
    },
  };
}

/** Everything that pricing decides, row by row. */
async function readPrices(test: TestApp): Promise<readonly Record<string, unknown>[]> {
  return test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    const rows = await tx<Record<string, unknown>[]>`
      select event_id, part, priced_pico, cache_saved_pico, coalesce(unpriced_tokens, 0) as unpriced,
        price_id, cost_is_estimate
      from usage_events order by event_id, part`;
    return rows.map((row) => ({ ...row }));
  });
}
