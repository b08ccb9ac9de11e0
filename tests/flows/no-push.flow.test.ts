import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import { workspace } from "../support/start-product.ts";
import { type Proxy, startProxy } from "../support/start-proxy.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("a machine that never hears a hint", () => {
  let started: ProductWithClaude;
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy();
    proxy.setSockets("refuse");
    started = await startWithClaude({
      serverUrlForDaemon: (url) => proxy.forwardTo(url),
      daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "1s" },
    });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });

  it("INV-65 takes new work with its very next poll", async () => {
    const { product, claude } = started;
    await claude.setScript({ steps: [{ result: "Found by asking." }] });
    const agent = await product.createAgent("Polled", "claude");
    const poll = proxy.holdRequest(/\/daemon\/claim$/);
    await poll.happened;
    const { taskId } = await product.assign("Nobody says a word", agent);
    // The polls after this one would find the task as well: they are kept waiting for it.
    const later = proxy.holdRequest(/\/daemon\/claim$/);
    poll.release();
    await product.taskIn(taskId, ["dispatched", "running", "completed"]);
    later.release();
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed", attempt: 1 });
  });

  it("INV-65 answers what was said during a run, and stops a run that a person cancels", async () => {
    const { product, claude } = started;
    const agent = await product.createAgent("Asked", "claude");
    await claude.setScript({ steps: [{ hang: true }] });
    const { issue, taskId } = await product.assign("Hangs", agent);
    await product.taskIn(taskId, ["running"]);
    await product.call(comments.add, { workspace, issue: issue.id, body: "And this, please." });
    await claude.setScript({ steps: [{ result: "That too." }] });
    await product.call(tasks.cancel, { workspace, taskId });
    await waitFor(() => processesWith(`HEADCOUNT_TASK_ID=${taskId}`).length === 0, {
      describe: "the end of the cancelled agent",
      timeoutMs: 30_000,
    });
    const followUp = await waitFor(
      async () => {
        const { items } = await product.call(tasks.list, { workspace });
        return items.find((task) => task.issueId === issue.id && task.id !== taskId);
      },
      { describe: "the run that answers the comment" },
    );
    expect(await product.taskEnded(followUp.id)).toMatchObject({ status: "completed" });
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map((comment) => comment.body)).toContain("That too.");
  });
});
