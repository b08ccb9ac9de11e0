import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { Task } from "@headcount/contract/tasks/schemas";
import { workspace } from "../support/start-product.ts";
import { type Proxy, startProxy } from "../support/start-proxy.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const onceAndOver = {
  end: [null, "completed"],
  attempt: 1,
  lease: 1,
  starts: 1,
  comments: ["It ran."],
};

describe("scenario B: the answer to a claim never arrives", () => {
  let started: ProductWithClaude;
  let proxy: Proxy;
  let agent: Agent;
  beforeAll(async () => {
    proxy = await startProxy();
    started = await startWithClaude({
      serverUrlForDaemon: (url) => proxy.forwardTo(url),
      // Only hints make this daemon claim, so that the claim that is lost is the one with the task.
      daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "10m" },
    });
    await started.claude.setScript({
      steps: [
        { run: `echo "$HEADCOUNT_TASK_ID" >> '${path.join(started.folder, "started")}'` },
        { result: "It ran." },
      ],
    });
    agent = await started.product.createAgent("Claude", "claude");
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });

  it("INV-3 INV-4 a reply that is lost on the wire starts the task once, as attempt 1", async () => {
    const { product } = started;
    const lost = proxy.cutReply(/\/daemon\/claim$/);
    const { issue, taskId } = await product.assign("Cut", agent);
    await lost.happened;
    const task = await product.taskEnded(taskId);
    expect(await runsOf(task, issue.id)).toEqual(onceAndOver);
  });

  it("INV-3 INV-4 INV-101 a server that is killed before it answers starts the task once, as attempt 1", async () => {
    const { product } = started;
    const held = proxy.holdReply(/\/daemon\/claim$/);
    const { issue, taskId } = await product.assign("Killed", agent);
    await held.happened;
    // The reply exists, so the claim is committed; the daemon never sees a byte of it.
    expect((await product.taskIn(taskId, ["dispatched"])).lease).toBe(1);
    await product.stopServer("SIGKILL");
    await product.startServer();
    const task = await product.taskEnded(taskId);
    expect(await runsOf(task, issue.id)).toEqual(onceAndOver);
  });

  async function runsOf(task: Task, issueId: string): Promise<unknown> {
    const { product, folder } = started;
    const log = await readFile(path.join(folder, "started"), "utf8");
    const { items } = await product.call(comments.list, { workspace, issue: issueId });
    return {
      end: [task.error, task.status],
      attempt: task.attempt,
      lease: task.lease,
      starts: log.split("\n").filter((line) => line === task.id).length,
      comments: items.map((comment) => comment.body),
    };
  }
});
