import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { createQueueTest, type QueueTest, workspace } from "./queue.fixture.ts";

describe("an assigned issue", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  it("is claimed, started, reported and answered", async () => {
    const { machine, test } = queue;
    const agent = await queue.agent("Ada");
    const { issue, triggers } = await test.alice.call(issues.create, {
      workspace,
      title: "Fix the door",
      assignee: { type: "agent", id: agent.id },
    });
    expect(triggers).toMatchObject([{ agentId: agent.id, effect: "queued", reason: null }]);
    const [task, ...others] = await machine.claim();
    if (!task) throw new Error("nothing was claimed");
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      taskId: triggers[0]?.taskId,
      lease: 1,
      attempt: 1,
      cli: "claude",
    });
    expect(task.turnPrompt).toContain(issue.key);
    expect(task.brief).toContain("Ada");
    await machine.start(task);
    const head = { workspaceId: task.workspaceId, taskId: task.taskId, lease: task.lease };
    const acknowledgements = await machine.send([
      { ...head, sequence: 1, kind: "session", body: { sessionId: "s-1", workDirectory: "/w" } },
      { ...head, sequence: 2, kind: "transcript", body: { seq: 1, type: "text", content: "Hi" } },
      { ...head, sequence: 3, kind: "progress", body: { activity: "Reading" } },
    ]);
    expect(acknowledgements.map((item) => item.result)).toEqual(["stored", "stored", "stored"]);
    expect(await machine.finish(task)).toBe("stored");
    const { items } = await test.alice.call(comments.list, { workspace, issue: issue.id });
    expect(items).toMatchObject([
      { body: "It works now.", author: { type: "agent", id: agent.id }, taskId: task.taskId },
    ]);
  });
});
