import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { setWorkspace } from "../../platform/database.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import type { ReportedUsage } from "./check-record.ts";
import { book, readPivots, usageOf } from "./usage.fixture.ts";

const workspace = "acme";
const minuteMs = 60_000;

/** What a source says about one key. Values follow from the key and the version, as in reality. */
type Saying = {
  readonly task: number;
  readonly key: number;
  /** Step of a running total, or revision of a single call. */
  readonly version: number;
  readonly minutesAgo: number;
};

type Step =
  | { readonly type: "deliver"; readonly sayings: readonly Saying[] }
  | { readonly type: "replay"; readonly from: number }
  | { readonly type: "delete" | "restore"; readonly issue: number }
  | { readonly type: "move"; readonly issue: number; readonly project: number | null };

const saying: fc.Arbitrary<Saying> = fc.record({
  task: fc.nat({ max: 2 }),
  key: fc.nat({ max: 5 }),
  version: fc.nat({ max: 4 }),
  minutesAgo: fc.nat({ max: 90 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("deliver" as const),
      sayings: fc.array(saying, { minLength: 1, maxLength: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("replay" as const), from: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom("delete" as const, "restore" as const),
      issue: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("move" as const),
      issue: fc.nat({ max: 1 }),
      project: fc.option(fc.nat({ max: 1 })),
    }),
  },
);

/** Keys 0–2 are running totals, 3–5 single calls that may be corrected; 2 and 5 have no price. */
const isTotal = (key: number): boolean => key < 3;
const inputOf = ({ key, version }: Pick<Saying, "key" | "version">): number =>
  isTotal(key) ? (version + 1) * (key + 7) : 100 + key * 10 - version;

function toRecord(task: AddedTask, said: Saying): ReportedUsage {
  const { key, version } = said;
  const isPriced = key % 3 !== 2;
  return usageOf(task, {
    key: `k${key}`,
    cumulative: isTotal(key),
    revision: isTotal(key) ? 0 : version,
    input: inputOf(said),
    output: version,
    ageMs: said.minutesAgo * minuteMs,
    ...(isPriced ? {} : { provider: "acme", model: "unheard-of" }),
    ...(key === 2 && version === 4
      ? { reportedCostUsd: "0.25", reportedCostBasis: "billed" as const }
      : {}),
  });
}

describe("the ledger under random traffic", () => {
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

  it("INV-77 INV-112 every sum equals the ledger after every commit, whatever happens at once", async () => {
    const issueIds: IssueId[] = [];
    const projectIds = await Promise.all(
      ["One", "Two"].map((title) => test.alice.call(projects.create, { workspace, title })),
    ).then((made) => made.map((project) => project.id));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        async (rounds) => {
          const world = await makeWorld(test, projectIds);
          issueIds.push(...world.issueIds);
          for (const round of rounds) {
            const before = await readPivots(test, issueIds);
            await Promise.all([
              ...round.map((taken) => world.take(taken)),
              checkPivots(test, issueIds),
            ]);
            const after = await checkPivots(test, issueIds);
            const onlyTidies = round.every((item) => item.type !== "deliver");
            expect(after.perDay).toEqual(onlyTidies ? before.perDay : after.perDay);
          }
          expect(await inputUsedBy(test, world.issueIds)).toBe(world.expectedInput());
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});

async function checkPivots(
  test: TestApp,
  issueIds: readonly IssueId[],
): Promise<Awaited<ReturnType<typeof readPivots>>> {
  const known = [...issueIds];
  const pivots = await readPivots(test, known);
  expect(pivots.differences).toEqual([]);
  expect(pivots.strayMeters).toBe(0);
  expect(pivots.perAgent).toEqual(pivots.perDay);
  expect(pivots.perIssue).toEqual(pivots.perDay);
  return pivots;
}

async function inputUsedBy(test: TestApp, issueIds: readonly IssueId[]): Promise<bigint> {
  return (await readPivots(test, issueIds)).perIssue.tokens.input;
}

/** Three tasks of two agents on two issues, and what can happen to them. */
async function makeWorld(
  test: TestApp,
  projectIds: readonly ProjectId[],
): Promise<{
  readonly issueIds: readonly IssueId[];
  take(step: Step): Promise<void>;
  expectedInput(): bigint;
}> {
  const startedAt = new Date(test.now().getTime() - 100 * minuteMs);
  const first = await addTask(test, { startedAt });
  const second = await addTask(test, { startedAt, agentId: first.agentId });
  const third = await addTask(test, { startedAt, issueId: first.issueId });
  const tasks = [first, second, third];
  const issueIds = [first.issueId, second.issueId];
  const delivered: Saying[][] = [];

  const deliver = async (sayings: readonly Saying[]): Promise<void> => {
    const records = sayings.map((said) => toRecord(tasks[said.task] ?? first, said));
    const results = await book(test, records);
    expect(results.filter((result) => result.result === "rejected")).toEqual([]);
  };
  /** Deleting what is deleted and restoring what is there answer 404 or change nothing. */
  const tolerate = async (call: Promise<unknown>): Promise<void> => {
    const outcome = await call.then(
      () => "done",
      (error: { code?: string }) => error.code,
    );
    expect(["done", "not_found", "conflict"]).toContain(outcome);
  };

  return {
    issueIds,
    async take(taken) {
      if (taken.type === "deliver") {
        delivered.push([...taken.sayings]);
        return deliver(taken.sayings);
      }
      if (taken.type === "replay") {
        for (const batch of delivered.slice(taken.from % (delivered.length + 1))) {
          await deliver(batch);
        }
        return;
      }
      const issue = issueIds[taken.issue] ?? first.issueId;
      if (taken.type === "move") {
        const projectId = taken.project === null ? null : (projectIds[taken.project] ?? null);
        return tolerate(test.alice.call(issues.update, { workspace, issue, projectId }));
      }
      return tolerate(test.alice.call(issues[taken.type], { workspace, issue }));
    },
    expectedInput() {
      const latest = new Map<string, Saying>();
      for (const said of delivered.flat()) {
        const name = `${said.task} ${said.key}`;
        const known = latest.get(name);
        if (!known || said.version > known.version) latest.set(name, said);
      }
      return [...latest.values()].reduce((sum, said) => sum + BigInt(inputOf(said)), 0n);
    },
  };
}
