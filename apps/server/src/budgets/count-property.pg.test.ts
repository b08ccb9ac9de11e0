import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import { budgetUnits, type BudgetScope } from "@headcount/contract/budgets/words";
import type { ProjectId } from "@headcount/contract/kit/ids";
import type { BudgetWindow } from "@headcount/contract/budgets/window";
import { projects } from "@headcount/contract/projects/routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../platform/database.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { rounds } from "../usage/ledger/random-steps.fixture.ts";
import { makeRandomWorld } from "../usage/ledger/random-world.fixture.ts";
import { readCounted } from "./budgets.fixture.ts";

const workspace = "acme";
const windows: readonly BudgetWindow[] = [
  { kind: "none" },
  { kind: "rolling_5h" },
  { kind: "day", zone: "Asia/Kathmandu", resetHour: 5 },
  { kind: "week", zone: "America/New_York", resetHour: 0, resetWeekday: 3 },
  { kind: "month", zone: "UTC", resetHour: 0, resetDay: 17 },
];

/** Which of the world's things a budget is about; numbers choose among what there is. */
const setting = fc.record({
  scope: fc.constantFrom<BudgetScope>("workspace", "project", "agent", "issue", "task", "member"),
  subject: fc.nat(2),
  unit: fc.constantFrom(...budgetUnits),
  window: fc.constantFrom(...windows),
  limit: fc.constantFrom("0.0001", "2", "1000000"),
});
const settings = fc.array(setting, { minLength: 3, maxLength: 8 });

describe("what budgets have counted, under random traffic", () => {
  let test: TestApp;
  const projectIds: ProjectId[] = [];
  beforeAll(async () => {
    test = await createTestApp({ maxConnections: 12 });
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update workspaces set created_at = created_at - interval '1 day'`;
    });
    for (const title of ["One", "Two"]) {
      projectIds.push((await test.alice.call(projects.create, { workspace, title })).id);
    }
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it(
    "INV-77 equals the ledger after any bookings, corrections, moves, prices and deletes, whatever happens at once",
    { timeout: testRunsTimeoutMs(180_000) },
    async () => {
      await fc.assert(
        fc.asyncProperty(rounds, settings, settings, async (list, before, during) => {
          const world = await makeRandomWorld({ test, projectIds });
          const later = [...during];
          for (const one of before) await setOne(test, world, projectIds, one);
          for (const round of list) {
            const setting = later.pop();
            await Promise.all([
              ...round.map(world.take),
              ...(setting ? [setOne(test, world, projectIds, setting)] : []),
            ]);
            const { kept, ledger } = await readCounted({ test });
            expect(kept).toEqual(ledger);
          }
          await archiveAll(test);
        }),
        { numRuns: testRuns(4) },
      );
    },
  );
});

type Things = Pick<
  Awaited<ReturnType<typeof makeRandomWorld>>,
  "issueIds" | "agentIds" | "taskIds"
>;

async function setOne(
  test: TestApp,
  things: Things,
  projectIds: readonly ProjectId[],
  { scope, subject, unit, window, limit }: typeof setting extends fc.Arbitrary<infer T> ? T : never,
): Promise<void> {
  const lists: Readonly<Record<BudgetScope, readonly string[]>> = {
    workspace: [],
    project: projectIds,
    agent: things.agentIds,
    issue: things.issueIds,
    task: things.taskIds,
    member: [test.alice.userId, test.bob.userId],
  };
  const list = lists[scope];
  const isWhole = unit === "tokens" || unit === "tasks";
  const created = test.alice.call(budgets.create, {
    workspace,
    name: `${scope} ${unit}`,
    scope,
    subject: list[subject % Math.max(1, list.length)] ?? null,
    unit,
    window,
    limit: isWhole && limit === "0.0001" ? "1" : limit,
    action: "notify",
  });
  // An issue of the world may be deleted at this moment.
  const outcome = await created.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  expect(["done", "not_found"]).toContain(outcome);
}

async function archiveAll(test: TestApp): Promise<void> {
  const { items } = await test.alice.call(budgets.list, { workspace });
  for (const { id } of items) await test.alice.call(budgets.archive, { workspace, budgetId: id });
}
