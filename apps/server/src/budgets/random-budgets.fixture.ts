import fc from "fast-check";
import { expect } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import type { BudgetWindow } from "@headcount/contract/budgets/window";
import {
  type BudgetAction,
  budgetUnits,
  type BudgetScope,
} from "@headcount/contract/budgets/words";
import type { ProjectId } from "@headcount/contract/kit/ids";
import type { TestApp } from "../testing/test-app.ts";
import type { RandomWorld } from "../usage/ledger/random-world.fixture.ts";

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
export const randomSettings = fc.array(setting, { minLength: 3, maxLength: 8 });

type Things = Pick<RandomWorld, "issueIds" | "agentIds" | "taskIds">;

/** Sets a budget; an issue of the world may be deleted at this moment. */
export async function setOne(
  test: TestApp,
  things: Things,
  projectIds: readonly ProjectId[],
  { scope, subject, unit, window, limit }: typeof setting extends fc.Arbitrary<infer T> ? T : never,
  action: BudgetAction,
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
    action,
  });
  const outcome = await created.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  expect(["done", "not_found"]).toContain(outcome);
}

export async function archiveAll(test: TestApp): Promise<void> {
  const { items } = await test.alice.call(budgets.list, { workspace });
  for (const { id } of items) await test.alice.call(budgets.archive, { workspace, budgetId: id });
}
