import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import type { ProjectId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { books } from "@headcount/contract/usage/books-routes";
import { usage } from "@headcount/contract/usage/routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { setWorkspace } from "../platform/database.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { rounds } from "../usage/ledger/random-steps.fixture.ts";
import { makeRandomWorld } from "../usage/ledger/random-world.fixture.ts";
import { change } from "../usage/verify/books.fixture.ts";
import { readCounted } from "./budgets.fixture.ts";
import { archiveAll, randomSettings, setOne } from "./random-budgets.fixture.ts";

const workspace = "acme";
const part = { workspace, budgets: true } as const;

/** What is done to counters; numbers choose among those that there are. */
const damage = fc.record({
  kind: fc.constantFrom("lost", "wrong", "too many"),
  which: fc.nat(1_000),
  by: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).filter((by) => by !== 0),
});

describe("counters of budgets that are damaged at random", () => {
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
    "INV-77 verify tells exactly those that are wrong, and after a rebuild counters and holds are right",
    { timeout: testRunsTimeoutMs(180_000) },
    async () => {
      const damages = fc.array(damage, { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(rounds, randomSettings, damages, async (list, settings, wrong) => {
          const world = await makeRandomWorld({ test, projectIds });
          for (const one of settings) await setOne(test, world, projectIds, one, "hold");
          for (const round of list) await Promise.all(round.map(world.take));
          await test.app.jobs.runNow("budgets.sweep");
          for (const one of wrong) await doDamage(test, one);
          await test.app.jobs.runNow("budgets.sweep");

          const { kept, ledger } = await readCounted({ test });
          const found = await test.alice.call(usage.verify, part);
          expect(found.differences.map(keyOf).toSorted()).toEqual(differing(kept, ledger));
          const { repaired } = await test.alice.call(books.rebuild, part);
          expect(repaired).toBe(found.differences.length);

          const after = await readCounted({ test });
          expect(after.kept).toEqual(after.ledger);
          expect((await test.alice.call(usage.verify, part)).differences).toEqual([]);
          await expectRightHolds(test);
          await archiveAll(test);
        }),
        { numRuns: testRuns(4) },
      );
    },
  );
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

/** Nothing where no budget has counted anything. */
async function doDamage(test: TestApp, { kind, which, by }: Damage): Promise<void> {
  await change(test, async (tx) => {
    const slots = await tx<{ budgetId: string; slotAt: Date }[]>`
      select s.budget_id, s.slot_at from budget_slots s
      join budgets b on b.workspace_id = s.workspace_id and b.id = s.budget_id
        and b.archived_at is null
      order by s.budget_id, s.slot_at`;
    const slot = slots[which % Math.max(1, slots.length)];
    if (!slot) return { count: 0 };
    const chosen = tx`budget_id = ${slot.budgetId} and slot_at = ${slot.slotAt}`;
    if (kind === "lost") return tx`delete from budget_slots where ${chosen}`;
    if (kind === "wrong") return tx`update budget_slots set spent = spent + ${by} where ${chosen}`;
    return tx`
      insert into budget_slots (workspace_id, budget_id, slot_at, spent)
      select workspace_id, budget_id, slot_at + interval '100 days', ${by} from budget_slots
      where ${chosen} on conflict do nothing`;
  });
}

/** Budget and time of a difference, as `readCounted` writes them. */
function keyOf({ key }: { readonly key: string }): string {
  const [first = "", second = ""] = key.split(" ");
  const isTimed = first.endsWith("Z");
  const at = isTimed ? new Date(first) : new Date(0);
  return `${isTimed ? second : first} ${at.toISOString()}`;
}

function differing(
  kept: ReadonlyMap<string, string>,
  ledger: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set([...kept.keys(), ...ledger.keys()]);
  return [...keys].filter((key) => kept.get(key) !== ledger.get(key)).toSorted();
}

async function expectRightHolds(test: TestApp): Promise<void> {
  const { items } = await test.alice.call(budgets.list, { workspace });
  for (const { name, limit, status } of items) {
    const isUsedUp = Number(status.spent) >= Number(limit);
    expect({ name, holding: status.holding }).toEqual({ name, holding: isUsedUp });
  }
}
