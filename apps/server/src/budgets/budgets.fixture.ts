import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { InputOf } from "@headcount/contract/kit/route";
import type { IssueId, TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { asSystem } from "../testing/as-system.ts";
import { bookUsage } from "../usage/ledger/book-usage.ts";
import { usageOf } from "../usage/ledger/usage.fixture.ts";
import { type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { readLiveBudgets } from "./read-budgets.ts";
import { slotsOfLedger } from "./recount.ts";

export type Setting = Partial<Omit<InputOf<typeof budgets.create>, "workspace">>;

/** A budget of one dollar of the workspace without a window, unless stated. */
export function setBudget(queue: QueueTest, setting: Setting = {}): Promise<Budget> {
  return queue.test.alice.call(budgets.create, {
    workspace,
    name: "Design",
    scope: "workspace",
    limit: "1",
    window: { kind: "none" },
    ...setting,
  });
}

export const getBudget = (queue: QueueTest, budget: Pick<Budget, "id">): Promise<Budget> =>
  queue.test.alice.call(budgets.get, { workspace, budgetId: budget.id });

let calls = 0;

/** Uses so many US cents of a model that costs one dollar for a million tokens. */
export async function spend(
  queue: QueueTest,
  task: { readonly taskId: TaskId; readonly lease?: number },
  cents: number,
): Promise<void> {
  calls += 1;
  const record = usageOf(
    { id: task.taskId },
    { key: `call ${calls}`, input: cents * 10_000, lease: task.lease ?? 1 },
  );
  await asSystem(queue.test, (ctx) => bookUsage(ctx, [record]));
}

/** A claimed task that has started and named its session. */
export async function startOne(queue: QueueTest): Promise<ClaimedTask> {
  const [task] = await queue.machine.claim({ max: 1 });
  if (!task) throw new Error("There is nothing to claim");
  await queue.machine.start(task);
  return task;
}

export async function tasksOf(queue: QueueTest, issueId: IssueId): Promise<Task[]> {
  const { items } = await queue.test.alice.call(tasks.list, { workspace, issueId });
  return items;
}

/** Slots of every budget by its id and time, as they are kept and as the books say. */
export function readCounted(queue: Pick<QueueTest, "test">): Promise<{
  readonly kept: ReadonlyMap<string, string>;
  readonly ledger: ReadonlyMap<string, string>;
}> {
  return asSystem(queue.test, async (ctx) => {
    const live = await readLiveBudgets(ctx);
    const kept = await ctx.sql<{ budgetId: string; slotAt: Date; spent: string }[]>`
      select s.budget_id, s.slot_at, s.spent from budget_slots s
      join budgets b on b.workspace_id = s.workspace_id and b.id = s.budget_id
        and b.archived_at is null
      where s.workspace_id = ${ctx.workspaceId}`;
    const ledger = [];
    for (const budget of live) ledger.push(...(await slotsOfLedger(ctx, budget)));
    return {
      kept: toMap(kept.map((slot) => [slot.budgetId, slot.slotAt.getTime(), BigInt(slot.spent)])),
      ledger: toMap(ledger.map((slot) => [slot.budgetId, slot.slotAtMs, slot.amount])),
    };
  });
}

/** Without what is zero: whether a slot is there then says nothing. */
function toMap(slots: readonly (readonly [string, number, bigint])[]): ReadonlyMap<string, string> {
  const entries = slots.flatMap(([id, atMs, amount]): [string, string][] =>
    amount === 0n ? [] : [[`${id} ${new Date(atMs).toISOString()}`, amount.toString()]],
  );
  return new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
