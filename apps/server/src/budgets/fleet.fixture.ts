import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { type AgentId, type IssueId, newId, type TaskId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { issues } from "@headcount/contract/issues/routes";
import { createQueueTest, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { setWorkspace } from "../platform/database.ts";
import { spend } from "./budgets.fixture.ts";

export const fleetSize = 50;

/** An agent at work: the cost of the model call that it waits for, in US cents. */
type AtWork = { readonly task: ClaimedTask; readonly cents: number };

/** Fifty agents on one machine, each with an issue of its own in one of five projects. */
export type Fleet = {
  readonly queue: QueueTest;
  readonly agentIds: readonly AgentId[];
  readonly issueIds: readonly IssueId[];
  readonly projectIds: readonly string[];
  /** Gives every agent a task on its issue. */
  giveWork(): Promise<readonly TaskId[]>;
  /** One moment: machines claim while some model calls end, all at once. */
  turn(random: () => number): Promise<void>;
  /** Agents claim and finish until nothing is left that may be claimed. */
  drain(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function createFleet(): Promise<Fleet> {
  const queue = await createQueueTest({ startsAt: new Date("2026-11-22T08:00:00Z") });
  const { test, machine } = queue;
  const projectIds: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    projectIds.push((await test.alice.call(projects.create, { workspace, title: `P${index}` })).id);
  }
  const agentIds: AgentId[] = [];
  const issueIds: IssueId[] = [];
  for (let index = 0; index < fleetSize; index += 1) {
    agentIds.push((await queue.agent(`Agent ${index}`)).id);
    const issue = await queue.issue(`Issue ${index}`);
    const projectId = projectIds[index % projectIds.length] as never;
    await test.alice.call(issues.update, { workspace, issue: issue.id, projectId });
    issueIds.push(issue.id);
  }
  const atWork = new Map<TaskId, AtWork>();
  const stopped = new Set<string>();
  test.app.signals.on((signal) => {
    if (signal.topic === "daemon-stop") stopped.add(signal.taskId);
  });

  const claim = async (random: () => number): Promise<void> => {
    const claimed = await Promise.all([machine.claim({ max: 32 }), machine.claim({ max: 32 })]);
    await Promise.all(
      claimed.flat().map(async (task) => {
        await machine.start(task);
        atWork.set(task.taskId, { task, cents: centsOf(random) });
      }),
    );
  };
  /** The call that was under way ends; what was asked to stop begins no other one. */
  const answer = async ({ task, cents }: AtWork, random: () => number): Promise<void> => {
    await spend(queue, task, cents);
    const isDone = random() < 0.2;
    const isStopped = stopped.has(task.taskId);
    if (!isStopped && !isDone)
      return void atWork.set(task.taskId, { task, cents: centsOf(random) });
    atWork.delete(task.taskId);
    await machine.finish(task, isStopped ? { status: "failed", failureReason: "budget_stop" } : {});
  };
  return {
    queue,
    agentIds,
    issueIds,
    projectIds,
    giveWork: () => giveWork(queue, agentIds, issueIds),
    async turn(random) {
      const ending = [...atWork.values()].filter(() => random() < 0.6);
      await Promise.all([claim(random), ...ending.map((one) => answer(one, random))]);
    },
    async drain() {
      for (let round = 0; round < 20; round += 1) {
        for (const { task } of atWork.values()) await machine.finish(task);
        atWork.clear();
        await claim(() => 0);
        if (atWork.size === 0) return;
      }
      throw new Error("The fleet never comes to an end");
    },
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  };
}

const centsOf = (random: () => number): number => 1 + Math.floor(random() * 9);

/** In one statement: a thousand runs make fifty thousand tasks. */
async function giveWork(
  { test }: QueueTest,
  agentIds: readonly AgentId[],
  issueIds: readonly IssueId[],
): Promise<readonly TaskId[]> {
  const ids = agentIds.map(() => newId<TaskId>());
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    await tx`
      insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, queued_at,
        initiator_type, initiator_id, originator_id, accountable_id)
      select ${test.workspaceId}, item.id, item.issue_id, item.agent_id, 'assignment', 'queued',
        ${test.now()}, 'member', ${test.alice.userId}, ${test.alice.userId}, ${test.alice.userId}
      from unnest(${ids}::uuid[], ${[...issueIds]}::uuid[], ${[...agentIds]}::uuid[])
        as item(id, issue_id, agent_id)`;
  });
  return ids;
}
