import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { type BudgetScope, budgetScopes } from "@headcount/contract/budgets/words";
import type { TaskId } from "@headcount/contract/kit/ids";
import { patientMs } from "@headcount/testkit/patience";
import { testRuns } from "@headcount/testkit/test-runs";
import { workspace } from "../tasks/queue.fixture.ts";
import { readCounted } from "./budgets.fixture.ts";
import { createFleet, type Fleet } from "./fleet.fixture.ts";

const hourMs = 60 * 60_000;
/** Once and always the same in a short run; a thousand random ones in a long one. */
const isLong = process.env["HEADCOUNT_TEST_RUNS"] !== undefined;

const setting = fc.record({
  subject: fc.nat(49),
  unit: fc.constantFrom("billed_usd", "tokens", "tasks"),
  action: fc.constantFrom("hold", "stop"),
  window: fc.constantFrom({ kind: "none" } as const, { kind: "day" } as const),
  /** US cents, ten thousands of tokens, or tasks. */
  limit: fc.integer({ min: 1, max: 400 }),
});
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

const run = fc.record({
  settings: fc.tuple(setting, setting, setting, setting, setting, setting),
  turns: fc.integer({ min: 4, max: 10 }),
  seed: fc.nat(),
  /** Turns that begin so many hours later than the one before. */
  waits: fc.array(fc.constantFrom(0, 0, 0, 0, 17), { minLength: 10, maxLength: 10 }),
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

/** Each has a fleet of its own: what ran before makes a fleet larger, and its people's sessions old. */
const fleets = isLong ? testRuns(1) : 1;
const runsPerFleet = isLong ? 20 : 1;

describe("fifty agents at once, with a budget of every scope", () => {
  it.each(Array.from({ length: fleets }, (_, index) => index + 1))(
    "overshoot by at most one model call per running agent, and nothing stays held after a raise: fleet %i",
    { timeout: patientMs(600_000) },
    async () => {
      await using fleet = await createFleet();
      let crossings = 0;
      await fc.assert(
        fc.asyncProperty(run, async (one) => {
          crossings += await expectWithinBudgets(fleet, one);
        }),
        // What is left of a failed run would fail every attempt to make it smaller.
        { endOnFailure: true, numRuns: runsPerFleet, ...(isLong ? {} : { seed: 20_261_122 }) },
      );
      expect(crossings).toBeGreaterThan(0);
    },
  );
});

/** @returns how often a limit was reached */
async function expectWithinBudgets(
  fleet: Fleet,
  { settings, turns, seed, waits }: Run,
): Promise<number> {
  let crossings = 0;
  const from = await newestChange(fleet);
  const taskIds = await fleet.giveWork();
  const set = await setBudgets(fleet, settings, taskIds);
  const random = randomOf(seed);
  for (let turn = 0; turn < turns; turn += 1) {
    fleet.queue.test.advance((waits[turn] ?? 0) * hourMs);
    await fleet.queue.machine.beat();
    await fleet.turn(random);
  }
  for (const budget of set) crossings += await expectBounded(fleet, budget, from);
  const { kept, ledger } = await readCounted(fleet.queue);
  expect(kept).toEqual(ledger);
  await raiseAll(fleet, set);
  await fleet.queue.machine.beat();
  await fleet.drain();
  expect(await unfinished(fleet)).toEqual([]);
  for (const { id } of set) {
    await fleet.queue.test.alice.call(budgets.archive, { workspace, budgetId: id });
  }
  return crossings;
}

async function setBudgets(
  fleet: Fleet,
  settings: readonly Setting[],
  taskIds: readonly TaskId[],
): Promise<Budget[]> {
  const subjects: Readonly<Record<BudgetScope, readonly string[]>> = {
    workspace: [],
    project: fleet.projectIds,
    agent: fleet.agentIds,
    issue: fleet.issueIds,
    task: taskIds,
    member: [fleet.queue.test.alice.userId],
  };
  const set: Budget[] = [];
  for (const [index, scope] of budgetScopes.entries()) {
    const one = settings[index];
    if (!one) throw new Error("There is a setting for each scope");
    const list = subjects[scope];
    const { unit, limit, window } = one;
    set.push(
      await fleet.queue.test.alice.call(budgets.create, {
        workspace,
        name: scope,
        scope,
        subject: list[one.subject % Math.max(1, list.length)] ?? null,
        unit,
        window,
        action: unit === "tasks" ? "hold" : one.action,
        limit: { billed_usd: `${limit / 100}`, tokens: `${limit}0000`, tasks: `${limit}` }[unit],
        enabled: true,
      }),
    );
  }
  return set;
}

type Change = { readonly seq: number; readonly type: string; readonly taskId: TaskId };

/**
 * Reads the change log, whose order is the order of commits: from where the limit was reached until
 * there was room again or the window was over, nothing starts, and what runs books one call at most.
 * @returns how often the limit was reached
 */
async function expectBounded(fleet: Fleet, { id, action }: Budget, from: number): Promise<number> {
  const spans = await fleet.queue.rows(
    (sql) => sql<{ begins: number; ends: number; endsAt: Date | null }[]>`
      select c.seq::int as begins,
        coalesce((select min(l.seq) from changes l where l.type = 'budget.lifted'
          and l.entity_id = c.entity_id and l.seq > c.seq), 2000000000)::int as ends,
        case b.time_window->>'kind' when 'day'
          then date_trunc('day', c.at, 'UTC') + interval '1 day' end as ends_at
      from changes c join budgets b on b.id::text = c.entity_id
      where c.type = 'budget.exhausted' and b.id = ${id} and c.seq > ${from}`,
  );
  for (const { begins, ends, endsAt } of spans) {
    const changes = await fleet.queue.rows(
      (sql) => sql<Change[]>`
        select c.seq::int as seq, c.type, t.id as task_id from changes c
        join tasks t on t.id::text = c.entity_id
        join issues i on i.id = t.issue_id
        join budgets b on b.id = ${id} and (b.scope = 'workspace' or case b.scope
          when 'project' then i.project_id when 'agent' then t.agent_id when 'issue' then i.id
          when 'task' then t.id else t.accountable_id end = any(b.subject_ids))
        where c.seq > ${begins} and c.seq < ${ends}
          and c.type in ('task.dispatched', 'usage.booked')
          and c.at < coalesce(${endsAt}::timestamptz, 'infinity')`,
    );
    expect(changes.filter((change) => change.type === "task.dispatched")).toEqual([]);
    if (action !== "stop") continue;
    for (const calls of Map.groupBy(changes, (change) => change.taskId).values()) {
      expect(calls.length).toBeLessThanOrEqual(1);
    }
  }
  return spans.length;
}

async function raiseAll(fleet: Fleet, set: readonly Budget[]): Promise<void> {
  for (const { id } of set) {
    await fleet.queue.test.alice.call(budgets.raise, { workspace, budgetId: id, to: "100000000" });
  }
}

function unfinished(fleet: Fleet): Promise<{ id: string; status: string }[]> {
  return fleet.queue.rows(
    (sql) => sql<{ id: string; status: string }[]>`
      select id, status from tasks where status not in ('completed', 'failed', 'cancelled')`,
  );
}

async function newestChange(fleet: Fleet): Promise<number> {
  const [row] = await fleet.queue.rows(
    (sql) => sql<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from changes`,
  );
  return row?.seq ?? 0;
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
