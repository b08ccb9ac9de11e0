import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { Agent, AgentAccessMode } from "@headcount/contract/agents/schemas";
import { ApiError } from "@headcount/client/api-error";
import { issues } from "@headcount/contract/issues/routes";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TestPerson } from "../testing/test-app.ts";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

let titles = 0;
/** Equal open titles are refused as duplicates. */
const fresh = (title: string): string => `${title} ${(titles += 1)}`;

type Path = (queue: QueueTest, person: TestPerson, agent: Agent) => Promise<boolean>;

const assignee = (agent: Agent) => ({ type: "agent", id: agent.id }) as const;
const started = (triggers: readonly TriggerVerdict[]): boolean =>
  triggers.some((trigger) => trigger.taskId !== null);

/** Runs an agent once for alice, so that there is something to answer and to repeat. */
async function finishedRun(queue: QueueTest, agent: Agent) {
  const issue = await queue.issue(fresh("Earlier"), agent.id);
  const task = only(await queue.machine.claim());
  await queue.machine.start(task);
  await queue.machine.finish(task);
  return { issue, task };
}

/** Every way in which a person gives an agent work. */
const paths: Readonly<Record<string, Path>> = {
  create: async (_, person, agent) =>
    started(
      (
        await person.call(issues.create, {
          workspace,
          title: fresh("Assigned"),
          assignee: assignee(agent),
        })
      ).triggers,
    ),
  assign: async (queue, person, agent) => {
    const issue = await queue.issue(fresh("Unassigned"));
    const change = { workspace, issue: issue.id, assignee: assignee(agent) };
    return started((await person.call(issues.update, change)).triggers);
  },
  "leave backlog": async (queue, person, agent) => {
    const { issue } = await queue.test.alice.call(issues.create, {
      workspace,
      title: fresh("Parked"),
      status: "backlog",
      assignee: assignee(agent),
    });
    const move = { workspace, issue: issue.id, status: "todo" } as const;
    return started((await person.call(issues.move, move)).triggers);
  },
  start: async (queue, person, agent) => {
    const { issue } = await queue.test.alice.call(issues.create, {
      workspace,
      title: fresh("Declined"),
      start: false,
      assignee: assignee(agent),
    });
    return started((await person.call(issues.start, { workspace, issue: issue.id })).triggers);
  },
  mention: async (queue, person, agent) => {
    const issue = await queue.issue(fresh("Mentioned"));
    return started((await queue.comment(person, issue, mention(agent))).triggers);
  },
  "top-level comment": async (queue, person, agent) => {
    const { issue } = await finishedRun(queue, agent);
    return started((await queue.comment(person, issue, "And now?")).triggers);
  },
  rerun: async (queue, person, agent) => {
    const { task } = await finishedRun(queue, agent);
    const again = await person.call(tasks.rerun, { workspace, taskId: task.taskId });
    return again.status === "queued";
  },
};

describe("who may give an agent work", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const cases = Object.keys(paths).flatMap((path) =>
    (["owner_only", "allow_list", "workspace"] as const).map((mode) => [path, mode] as const),
  );

  it.each(cases)("INV-44 by %s in mode %s", async (name, mode: AgentAccessMode) => {
    const { alice, bob } = queue.test;
    const path = paths[name];
    if (!path) throw new Error(name);
    for (const [person, isListed] of [
      [alice, false],
      [bob, false],
      [bob, true],
    ] as const) {
      const agent = await queue.agent(`${name} ${mode} ${person.name} ${String(isListed)}`);
      await alice.call(agents.setAccess, {
        workspace,
        agentId: agent.id,
        access: mode,
        allowedMemberIds: isListed ? [bob.userId] : [],
      });
      const mayInvoke =
        person === alice || mode === "workspace" || (mode === "allow_list" && isListed);
      const outcome = await path(queue, person, agent).catch(refusal);
      expect(outcome).toBe(mayInvoke);
      const queued = await queue.rows(
        (sql) => sql`select id from tasks where agent_id = ${agent.id} and status = 'queued'
          and initiator_id = ${person.userId}`,
      );
      expect(queued).toHaveLength(mayInvoke ? 1 : 0);
      await queue.rows(
        (sql) => sql`update tasks set status = 'cancelled', outcome = 'cancelled', ended_at = now()
          where agent_id = ${agent.id} and status = 'queued' returning id`,
      );
    }
  });
});

/** Refusals name neither the agent nor whether it exists. */
function refusal(error: unknown): boolean {
  if (!(error instanceof ApiError)) throw error;
  expect(["agent_not_available", "task.not_found"]).toContain(error.reason);
  return false;
}
