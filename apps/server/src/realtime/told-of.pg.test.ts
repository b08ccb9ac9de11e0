import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changes } from "@headcount/contract/realtime/routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { spend, startOne } from "../budgets/budgets.fixture.ts";
import { createQueueTest, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import type { TestPerson } from "../testing/test-app.ts";

describe("usage of an agent that somebody does not see", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(() => queue[Symbol.asyncDispose]());

  const booked = async (person: TestPerson) =>
    (await person.call(changes.poll, { workspace, after: 0 })).items.filter(
      ({ type }) => type === "usage.booked",
    );
  const tokensSeenBy = async (person: TestPerson) =>
    (await person.call(usageQueries.query, { workspace, metrics: "tokens", days: 1, tz: "UTC" }))
      .totals.tokens;

  it("is told to them as soon as their sums have it, and says of whom to nobody else", async () => {
    const { alice, bob } = queue.test;
    const agent = await queue.agent("Closed", { access: "owner_only" });
    const issue = await queue.issue("Quietly", agent.id);
    const task = await startOne(queue);
    await spend(queue, task, 5);

    expect(Number(await tokensSeenBy(bob))).toBe(50_000);
    const [toOwner] = await booked(alice);
    const usedFrom = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(toOwner?.data).toEqual({
      taskId: task.taskId,
      issueId: issue.id,
      agentId: agent.id,
      usedFrom,
    });
    const toOthers = await booked(bob);
    expect(toOthers).toHaveLength(1);
    expect(toOthers[0]).toMatchObject({
      entity: { kind: "workspace", id: queue.test.workspaceId, revision: null },
      actor: { type: "system", id: null },
      data: { taskId: null, issueId: null, agentId: null, usedFrom },
    });
    expect(JSON.stringify(toOthers)).not.toMatch(
      new RegExp(`${task.taskId}|${issue.id}|${agent.id}`),
    );
  });
});
