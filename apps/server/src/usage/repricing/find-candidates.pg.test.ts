import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prices } from "@headcount/contract/usage/price-routes";
import type { WorkspaceContext } from "../../platform/context.ts";
import { asSystem } from "../../testing/as-system.ts";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookImported } from "../ledger/book-imported.ts";
import { book, readPivots, usageOf } from "../ledger/usage.fixture.ts";
import { type Candidate, findCandidates } from "./find-candidates.ts";
import { type LedgerPlace, placeKey } from "./ledger-place.ts";
import type { RepricingFilter } from "./repricing-filter.ts";

const everything: RepricingFilter = {
  all: true,
  provider: null,
  model: null,
  from: null,
  to: null,
};
const lab = { provider: "lab", model: "imported" };

describe("findCandidates", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ startsAt: new Date("2026-11-21T12:05:00Z") });
    for (const count of [1, 5, 2, 4]) {
      const task = await addTask(test);
      await book(
        test,
        Array.from({ length: count }, (_, index) =>
          usageOf(task, { key: `k${index}`, input: 7, ...(index % 2 === 0 ? {} : lab) }),
        ),
      );
    }
    const task = await addTask(test);
    const days = ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-02", "2026-11-03"];
    await inWorkspace((ctx) =>
      bookImported(
        ctx,
        days.map((day, index) => ({
          sessionKey: test.app.services.newId(),
          memberId: test.bob.userId,
          usedAt: new Date(`${day}T08:00:00Z`),
          billingMode: index % 2 === 0 ? ("api" as const) : ("subscription" as const),
          body: usageOf(task, { ...lab, key: day, source: `file-${index % 2}`, input: 9 }).body,
        })),
      ),
    );
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const inWorkspace = <T>(run: (ctx: WorkspaceContext) => Promise<T>): Promise<T> =>
    asSystem(test, run);

  async function walk(filter: RepricingFilter, limit: number): Promise<Candidate[]> {
    const found: Candidate[] = [];
    let after: LedgerPlace | null = null;
    for (;;) {
      const page: Candidate[] = await inWorkspace((ctx) =>
        findCandidates(ctx, filter, { after, limit }),
      );
      found.push(...page);
      after = page.at(-1)?.place ?? null;
      if (page.length < limit) return found;
    }
  }

  it.each([1, 2, 3, 5, 100])("finds every row once and in order, %d at a time", async (limit) => {
    const found = await walk(everything, limit);
    const keys = found.map(({ place }) => placeKey(place));
    expect(new Set(keys).size).toBe(17);
    expect(keys).toEqual(keys.toSorted());
    const ofLab = await walk({ ...everything, provider: "lab" }, limit);
    expect(ofLab.map(({ place }) => placeKey(place))).toEqual(
      keys.filter((_, index) => found[index]?.model === "imported"),
    );
    const unpriced = await walk({ ...everything, all: false }, limit);
    expect(unpriced).toEqual(ofLab);
  });

  it("keeps to a range of time", async () => {
    const october = {
      ...everything,
      from: "2026-10-01T08:00:00.000Z",
      to: "2026-10-31T08:00:00.000Z",
    };
    expect((await walk(october, 10)).map((row) => row.figures.usedAt.toISOString())).toEqual([
      "2026-10-01T08:00:00.000Z",
    ]);
  });

  it("leads to new prices of imported usage, billed and list-price figures apart", async () => {
    const here = { workspace: "acme" };
    const startsAt = "2026-10-15T00:00:00Z";
    const rates = { input: "1000", output: "1000" };
    await test.alice.call(prices.setOverride, { ...here, ...lab, rates, startsAt });
    const done = await test.alice.call(prices.reprice, here);
    // Five calls of tasks and three of five imported ones were made since the price began.
    expect(done).toMatchObject({
      events: 8,
      costBeforeUsd: "0",
      costAfterUsd: "0.053",
      notionalAfterUsd: "0.009",
    });
    expect((await readPivots(test, [])).differences).toEqual([]);
  });
});
