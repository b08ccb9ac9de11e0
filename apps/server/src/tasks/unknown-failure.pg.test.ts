import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";
import { getTask, runningTask } from "./report.fixture.ts";

const reason = "agent_error.of_a_later_version";

describe("a stored failure reason that this version does not know", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  it("is shown as unknown with its text everywhere, and the agent goes on working", async () => {
    const task = await runningTask(queue, "Downgraded");
    await queue.machine.finish(task, { status: "failed", failureReason: "process_failure" });
    await queue.rows(
      (sql) => sql`update tasks set failure_reason = ${reason} where id = ${task.taskId}
        returning id`,
    );
    const shown = {
      failureReason: "agent_error.unknown",
      rawFailureReason: reason,
      remedy: expect.stringMatching(/\S/),
    };
    expect(await getTask(queue, task)).toMatchObject(shown);
    const { items } = await queue.test.alice.call(tasks.list, {
      workspace,
      issueId: task.issue.id,
    });
    expect(items.find((item) => item.id === task.taskId)).toMatchObject(shown);
    await queue.test.alice.call(issues.get, { workspace, issue: task.issue.id });
    const failures = await queue.test.alice.call(usageQueries.failures, {
      workspace,
      days: 1,
    });
    expect(failures.rows.map((row) => row.reason)).toEqual(["agent_error.unknown"]);

    await queue.test.app.jobs.runNow("runaway.watch");
    await queue.test.alice.call(tasks.rerun, { workspace, taskId: task.taskId });
    expect(only(await queue.machine.claim())).toMatchObject({ resume: { sessionId: "session-1" } });
  });
});
