import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { patientMs } from "@headcount/testkit/patience";
import { workspace } from "../support/start-product.ts";
import { type Proxy, startProxy } from "../support/start-proxy.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("a claim that its machine has forgotten", () => {
  let started: ProductWithClaude;
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy();
    started = await startWithClaude({
      serverUrlForDaemon: (url) => proxy.forwardTo(url),
      daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "2s" },
    });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });

  // A lease lapses after 45 s without a sign, and a task is handed out again 90 s after its claim.
  it(
    "INV-3 INV-101 is handed out again as the same attempt under a new lease, and runs once",
    { timeout: patientMs(180_000) },
    async () => {
      const { product, claude, folder } = started;
      const log = path.join(folder, "started");
      await claude.setScript({
        steps: [{ run: `echo "$HEADCOUNT_TASK_ID" >> '${log}'` }, { result: "It ran." }],
      });
      const agent = await product.createAgent("Claude", "claude");
      const runtime = await product.runtimeOf("claude");
      // Nobody remembers this claim: it is made with the machine's rights and not by its daemon.
      const token = (
        await readFile(path.join(product.daemonDirectory, "daemon-token"), "utf8")
      ).trim();
      const held = proxy.holdRequest(/\/daemon\/claim$/);
      await held.happened;
      const { issue, taskId } = await product.assign("Forgotten", agent);
      const machine = product.clientFor(token);
      const claim = { claimId: randomUUID(), runtimeIds: [runtime.id], max: 1 };
      const { tasks: claimed } = await machine.call(daemon.claim, claim);
      const [first] = claimed;
      if (!first) throw new Error("The claim brought nothing");
      expect(claimed.map((task) => [task.taskId, task.lease, task.attempt])).toEqual([
        [taskId, 1, 1],
      ]);
      held.release();

      const task = await product.taskEnded(taskId, 170_000);
      expect([task.error, task.status, task.attempt, task.lease]).toEqual([
        null,
        "completed",
        1,
        2,
      ]);
      expect((await readFile(log, "utf8")).trim().split("\n")).toEqual([taskId]);
      const { items } = await product.call(comments.list, { workspace, issue: issue.id });
      expect(items.map((comment) => comment.body)).toEqual(["It ran."]);
      const { items: all } = await product.call(tasks.list, { workspace });
      expect(all.map((one) => one.id)).toEqual([taskId]);
      // The old lease is worth nothing any more.
      const stale = machine.call(daemon.giveBack, {
        taskId,
        workspaceId: first.workspaceId,
        lease: 1,
        reason: "runtime_offline",
      });
      await expect(stale).rejects.toMatchObject({ reason: "lease_lost" });
    },
  );
});
