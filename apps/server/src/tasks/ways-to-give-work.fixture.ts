import type { Agent } from "@headcount/contract/agents/schemas";
import { issues } from "@headcount/contract/issues/routes";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TestPerson } from "../testing/test-app.ts";
import { mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

let titles = 0;
/** Equal open titles are refused as duplicates. */
const fresh = (title: string): string => `${title} ${(titles += 1)}`;

/** Gives an agent work; tells whether that started a run. */
export type WayToGiveWork = (
  queue: QueueTest,
  person: TestPerson,
  agent: Agent,
) => Promise<boolean>;

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
export const waysToGiveWork: Readonly<Record<string, WayToGiveWork>> = {
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
