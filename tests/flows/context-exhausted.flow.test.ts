import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("a session whose context is used up", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude({ daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "1s" } });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
  });

  it("INV-22 is left behind: nothing is tried again, and the next run is told that it begins afresh", async () => {
    const { product, claude } = started;
    await claude.setScript({
      steps: [
        { apiError: { status: 400, text: "prompt is too long: 250000 tokens > 200000 maximum" } },
      ],
      resumedSteps: [{ result: "I remember everything." }],
      byPrompt: [{ prompt: "you do not remember it.*Go on", steps: [{ result: "I was told." }] }],
    });
    const { issue, taskId } = await product.assign(
      "Long",
      await product.createAgent("A", "claude"),
    );
    const first = await product.taskEnded(taskId);
    expect(first).toMatchObject({
      status: "failed",
      failureReason: "agent_error.context_overflow",
    });
    const asked = { workspace, issue: issue.id, body: "Go on, please." };
    const { triggers } = await product.call(comments.add, asked);
    const next = await product.taskEnded(triggers[0]?.taskId ?? taskId);
    expect(next).toMatchObject({ status: "completed", result: "I was told.", retryOf: null });
    expect(next.sessionId).not.toBe(first.sessionId);
    expect(next.workDirectory).toBe(first.workDirectory);
    const { items } = await product.call(tasks.list, { workspace });
    expect(items.map(({ id }) => id).toSorted()).toEqual([first.id, next.id].toSorted());
  });
});
