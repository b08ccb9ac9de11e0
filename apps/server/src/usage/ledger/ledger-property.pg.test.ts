import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projects } from "@headcount/contract/projects/routes";
import type { IssueId } from "@headcount/contract/kit/ids";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../../platform/database.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { eachGrouping, expectOneTruth } from "./every-pivot.fixture.ts";
import { rounds } from "./random-steps.fixture.ts";
import { makeRandomWorld } from "./random-world.fixture.ts";

const workspace = "acme";
const pairs = [
  ["agent", "model"],
  ["time", "project"],
  ["runtime", "provider"],
  ["issue", "role"],
] as const;

describe("the ledger under random traffic", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ maxConnections: 12 });
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update workspaces set created_at = created_at - interval '1 day'`;
    });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it(
    "INV-77 INV-112 every sum equals the ledger at every commit, by whatever pivot, whatever happens at once",
    { timeout: testRunsTimeoutMs(120_000) },
    async () => {
      const issueIds: IssueId[] = [];
      const projectIds: Parameters<typeof makeRandomWorld>[0]["projectIds"][number][] = [];
      for (const title of ["One", "Two"]) {
        projectIds.push((await test.alice.call(projects.create, { workspace, title })).id);
      }
      await fc.assert(
        fc.asyncProperty(rounds, fc.nat(9), async (list, from) => {
          const world = await makeRandomWorld({ test, projectIds });
          const ownIssues = [...world.issueIds];
          issueIds.push(...ownIssues);
          const inputBefore = (await expectOneTruth(test, issueIds, [])).input ?? 0n;
          for (const round of list) {
            await whileWatched(test, issueIds, () => Promise.all(round.map(world.take)));
          }
          const after = await expectOneTruth(test, issueIds, [...eachGrouping, ...pairs]);
          expect((after.input ?? 0n) - inputBefore).toBe(world.expectedInput());
          await world.replayAll(from);
          expect(await expectOneTruth(test, issueIds, pairs)).toEqual(after);
        }),
        { numRuns: testRuns(10) },
      );
    },
  );
});

/** Lets readers look again and again while things happen; each look is a snapshot of some commit. */
async function whileWatched(
  test: TestApp,
  issueIds: readonly IssueId[],
  happen: () => Promise<unknown>,
): Promise<void> {
  let isOver = false;
  const happening = happen().finally(() => {
    isOver = true;
  });
  const watch = async (groupings: Parameters<typeof expectOneTruth>[2]): Promise<void> => {
    do await expectOneTruth(test, issueIds, groupings);
    while (!isOver);
  };
  await Promise.all([happening, watch(pairs.slice(0, 2)), watch(eachGrouping.slice(0, 3))]);
}
