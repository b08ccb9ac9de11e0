import { comments } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { only, type QueueTest, workspace } from "./queue.fixture.ts";

/** A task of an agent of its own that a machine has started. */
export async function runningTask(queue: QueueTest, title = "Work"): Promise<ClaimedTask> {
  const agent = await queue.agent(`Agent of ${title}`);
  await queue.issue(title, agent.id);
  const task = only(await queue.machine.claim());
  await queue.machine.start(task);
  return task;
}

export const getTask = (queue: QueueTest, { taskId }: ClaimedTask) =>
  queue.test.alice.call(tasks.get, { workspace, taskId });

/** Bodies of the comments on the issue of a task. */
export async function saidOn(queue: QueueTest, { issue }: ClaimedTask): Promise<string[]> {
  const { items } = await queue.test.alice.call(comments.list, { workspace, issue: issue.id });
  return items.map((comment) => comment.body);
}

/** What every record of a task begins with. */
export const recordHead = ({ workspaceId, taskId, lease }: ClaimedTask) => ({
  workspaceId,
  taskId,
  lease,
});
