import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../platform/database.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { rounds } from "../usage/ledger/random-steps.fixture.ts";
import { makeRandomWorld } from "../usage/ledger/random-world.fixture.ts";
import { readCounted } from "./budgets.fixture.ts";
import { archiveAll, randomSettings, setOne } from "./random-budgets.fixture.ts";

const workspace = "acme";
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
        fc.asyncProperty(rounds, randomSettings, randomSettings, async (list, before, during) => {
          const world = await makeRandomWorld({ test, projectIds });
          const later = [...during];
          for (const one of before) await setOne(test, world, projectIds, one, "notify");
          for (const round of list) {
            const setting = later.pop();
            await Promise.all([
              ...round.map(world.take),
              ...(setting ? [setOne(test, world, projectIds, setting, "notify")] : []),
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
