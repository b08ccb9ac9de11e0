import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

/** It is in a session of its own and ignores TERM. */
const deafTool = { spawnDetached: "while :; do sleep 1; done" };

describe("a person stops a run", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it.each([
    ["an agent and a tool that obey", [{ run: "setsid tail -f /dev/null" }]],
    ["an agent that obeys, with a tool that ignores TERM", [deafTool, { hang: true }]],
    ["an agent and a tool that ignore everything", [deafTool, { hang: "deaf" }]],
  ] as const)("INV-55 INV-19 nothing is left of %s", async (what, steps) => {
    const { product, claude } = started;
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 } },
        { text: "Working." },
        ...steps,
      ],
    });
    const agent = await product.createAgent(what.slice(0, 60), "claude");
    const { taskId } = await product.assign(`Stop ${what}`, agent);
    const own = `HEADCOUNT_TASK_ID=${taskId}`;
    await waitFor(() => processesWith(own).length >= 2, {
      describe: "the agent and its tool",
      timeoutMs: 30_000,
    });
    await waitFor(
      async () => {
        const task = await product.call(tasks.get, { workspace, taskId });
        return task.usage.tokens.output === 53;
      },
      { describe: "its usage", timeoutMs: 30_000 },
    );
    const pressedAt = performance.now();
    await product.call(tasks.cancel, { workspace, taskId });
    await waitFor(() => processesWith(own).length === 0, {
      describe: "the end of everything",
      timeoutMs: 30_000,
    });
    process.stdout.write(`${what}: gone ${Math.round(performance.now() - pressedAt)} ms later\n`);
    const task = await product.taskEnded(taskId);
    expect(task).toMatchObject({ status: "cancelled", outcome: "cancelled" });
    expect(task.usage.tokens).toMatchObject({ input: 1009, output: 53 });
  });
});
