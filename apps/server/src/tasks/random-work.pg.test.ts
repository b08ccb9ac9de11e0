import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { ApiError } from "@headcount/client/api-error";
import { seeded } from "@headcount/testkit/seeded";
import { createQueueTest, mention, type QueueTest, workspace } from "./queue.fixture.ts";

type World = {
  readonly queue: QueueTest;
  readonly agents: readonly Agent[];
  readonly issues: readonly Issue[];
  readonly claimed: ClaimedTask[];
  readonly pick: (below: number) => number;
};

type Act = (world: World) => Promise<unknown>;

const pickOf = <T>(world: World, list: readonly T[]): T | undefined =>
  list[world.pick(list.length)];

async function anyTask(world: World): Promise<{ id: ClaimedTask["taskId"] } | undefined> {
  const page = await world.queue.test.alice.call(tasks.list, { workspace });
  return pickOf(world, page.items);
}

const acts: readonly Act[] = [
  async (world) => {
    const issue = pickOf(world, world.issues);
    const agent = pickOf(world, world.agents);
    if (!issue || !agent) return;
    const by = world.pick(2) === 0 ? world.queue.test.alice : world.queue.test.bob;
    await world.queue.comment(by, issue, mention(agent));
  },
  async (world) => {
    const issue = pickOf(world, world.issues);
    const agent = pickOf(world, world.agents);
    if (!issue || !agent) return;
    const assignee = world.pick(3) === 0 ? null : ({ type: "agent", id: agent.id } as const);
    await world.queue.test.alice.call(issues.update, { workspace, issue: issue.id, assignee });
  },
  async (world) => {
    world.claimed.push(...(await world.queue.machine.claim({ max: 1 + world.pick(3) })));
  },
  async (world) => {
    const task = pickOf(world, world.claimed);
    if (task) await world.queue.machine.start(task);
  },
  async (world) => {
    const task = pickOf(world, world.claimed);
    if (!task) return;
    const reasons = [null, "timeout", "agent_error.provider_network", "agent_error.missing_config"];
    const failureReason = pickOf(world, reasons) ?? null;
    const status = failureReason === null ? "completed" : "failed";
    await world.queue.machine.finish(task, { status, failureReason });
  },
  async (world) => {
    const task = await anyTask(world);
    if (task) await world.queue.test.alice.call(tasks.cancel, { workspace, taskId: task.id });
  },
  async (world) => {
    const task = await anyTask(world);
    if (task) await world.queue.test.bob.call(tasks.rerun, { workspace, taskId: task.id });
  },
  async (world) => {
    const task = await anyTask(world);
    if (task) await world.queue.test.bob.call(tasks.runNow, { workspace, taskId: task.id });
  },
  async (world) => {
    const issue = pickOf(world, world.issues);
    if (!issue) return;
    const { items } = await world.queue.test.bob.call(comments.list, {
      workspace,
      issue: issue.id,
    });
    const own = pickOf(
      world,
      items.filter((comment) => comment.author.id === world.queue.test.bob.userId),
    );
    if (own) await world.queue.test.bob.call(comments.delete, { workspace, commentId: own.id });
  },
  async (world) => {
    world.queue.test.advance(world.pick(4) * 35_000);
    await world.queue.machine.beat();
  },
  (world) => world.queue.test.app.jobs.runNow("work.sweep"),
  (world) => world.queue.test.app.jobs.runNow("tasks.promote"),
];

describe("random work", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  it.each([1, 2, 3])(
    "INV-101 any interleaving keeps the rules of the queue (seed %i)",
    async (seed) => {
      const world: World = {
        queue,
        agents: [await queue.agent("Ada", { limit: 2 }), await queue.agent("Bert", { limit: 1 })],
        issues: await Promise.all(["One", "Two", "Three"].map((title) => queue.issue(title))),
        claimed: [],
        pick: seeded(seed).below,
      };
      for (let round = 0; round < 25; round += 1) {
        const chosen = Array.from({ length: 6 }, () => pickOf(world, acts));
        const results = await Promise.allSettled(chosen.map(async (act) => act?.(world)));
        expect(results.flatMap(unexpected)).toEqual([]);
        expect(await brokenRules(queue)).toEqual([]);
      }
      const ended = await queue.rows(
        (sql) => sql`select id from tasks where status in ('completed', 'failed', 'cancelled')`,
      );
      expect(ended.length).toBeGreaterThan(5);
    },
  );
});

/** Refusals are part of the game; anything that the server did not mean is not. */
function unexpected(result: PromiseSettledResult<unknown>): unknown[] {
  if (result.status === "fulfilled") return [];
  const { reason } = result;
  return reason instanceof ApiError && reason.code !== "internal" ? [] : [String(reason)];
}

function brokenRules(queue: QueueTest): Promise<object[]> {
  return queue.rows(
    (sql) => sql`
      select 'slot runs twice' as rule, issue_id::text as id from tasks
      where status in ('dispatched', 'waiting_directory', 'running')
      group by issue_id, agent_id having count(*) > 1
      union all
      select 'agent over its limit', a.id::text from agents a
      where a.max_concurrent_tasks < (select count(*) from tasks t where t.agent_id = a.id
        and t.status in ('dispatched', 'waiting_directory', 'running'))
      union all
      select 'ended without end', id::text from tasks
      where (ended_at is null) <> (status not in ('completed', 'failed', 'cancelled'))
      union all
      select 'token outlives its task', k.task_id::text from task_tokens k
      join tasks t on t.id = k.task_id
      where t.status in ('completed', 'failed', 'cancelled', 'queued', 'deferred')
      union all
      select 'running without a machine', id::text from tasks
      where status = 'running' and (daemon_id is null or runtime_id is null or started_at is null)
      union all
      select 'two retries of one task', retry_of::text from tasks
      where retry_of is not null group by retry_of having count(*) > 1
      union all
      select 'change log has a gap', workspace_id::text from changes
      group by workspace_id having max(seq) <> count(*)`,
  );
}
