import { books } from "@headcount/contract/usage/books-routes";
import { usage } from "@headcount/contract/usage/routes";
import type { BooksComparison, UsageDifference } from "@headcount/contract/usage/books-schemas";
import type { Transaction } from "../../platform/database.ts";
import { setWorkspace } from "../../platform/database.ts";
import { asSystem } from "../../testing/as-system.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import type { TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { foldWholeTail } from "../rollups/fold-tail.ts";
import { keepZone } from "../rollups/keep-zone.ts";
import { lockSums } from "../rollups/lock-sums.ts";

const workspace = "acme";
const hourMs = 3_600_000;

/** Usage of a running and a failed task over three days, folded, with days of two zones. */
export async function keepBooks(test: TestApp): Promise<AddedTask> {
  await change(test, (tx) => tx`update workspaces set created_at = created_at - interval '9 days'`);
  const startedAt = new Date(test.now().getTime() - 70 * hourMs);
  const task = await addTask(test, { startedAt });
  await addTask(test, { startedAt, endedAt: test.now(), status: "failed" });
  for (const zone of ["Asia/Kathmandu", "America/New_York"]) {
    await asSystem(test, (ctx) => keepZone(ctx, zone));
  }
  const ages = Array.from({ length: 12 }, (_, index) => index * 5 * hourMs);
  await book(
    test,
    ages.map((ageMs, index) =>
      usageOf(task, { key: `kept ${index}`, input: 1_000 + index, output: 7, ageMs }),
    ),
  );
  await fold(test);
  return task;
}

export async function fold(test: TestApp): Promise<void> {
  await asSystem(test, async (ctx) => {
    await lockSums(ctx);
    await foldWholeTail(ctx);
  });
}

/** Writes past everything that keeps the books right. @returns how many rows were written */
export async function change(
  test: TestApp,
  write: (tx: Transaction) => PromiseLike<{ readonly count: number }>,
): Promise<number> {
  return test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    return (await write(tx)).count;
  });
}

type Slice = {
  readonly from?: string;
  readonly to?: string;
  readonly metersOf?: string;
  readonly budgets?: true;
};

/** The parts that the command line goes through. */
export async function slicesOf(test: TestApp): Promise<Slice[]> {
  const bounds = await test.alice.call(books.bounds, { workspace });
  const slices: Slice[] = [
    ...bounds.months.map((month) => ({ metersOf: month })),
    { budgets: true },
  ];
  if (bounds.from === null || bounds.to === null) return slices;
  for (let from = bounds.from; from < bounds.to;) {
    const to = new Date(Date.parse(from) + 24 * hourMs).toISOString().slice(0, 10);
    slices.push({ from, to });
    from = to;
  }
  return slices;
}

export async function verifySlices(test: TestApp): Promise<BooksComparison> {
  const sum = { ledgerEvents: 0, rollupRows: 0, differences: [] as UsageDifference[] };
  for (const slice of await slicesOf(test)) {
    const found = await test.alice.call(usage.verify, { workspace, ...slice });
    sum.ledgerEvents += found.ledgerEvents;
    sum.rollupRows += found.rollupRows;
    sum.differences.push(...found.differences);
  }
  return sum;
}

/** @returns how many rows were repaired */
export async function rebuildSlices(test: TestApp): Promise<number> {
  let repaired = 0;
  for (const slice of await slicesOf(test)) {
    repaired += (await test.alice.call(books.rebuild, { workspace, ...slice })).repaired;
  }
  return repaired;
}
