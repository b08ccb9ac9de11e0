import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { makeFakeClaude, type FakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import { processesOf } from "../support/processes-of.ts";
import { type Product, startProduct, workspace } from "../support/start-product.ts";

/** The platform as `npm start` runs it: embedded PostgreSQL and a daemon of its own. */
describe("the whole platform under one parent", () => {
  let folder: TemporaryDirectory;
  let claude: FakeClaude;
  let product: Product;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "claude" });
    claude = await makeFakeClaude(folder.path);
    product = await startProduct({
      localDaemon: true,
      serverEnvironment: { HEADCOUNT_CLAUDE_PATH: claude.executable },
    });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    // Only after a failure: everything that was started in this test's own folder.
    for (const { pid } of processesOf(product.directory)) process.kill(pid, "SIGKILL");
    await folder[Symbol.asyncDispose]();
  });

  const daemons = (): readonly number[] =>
    processesOf(product.daemonDirectory)
      .filter(({ command }) => command.endsWith("apps/daemon/src/main.ts"))
      .map(({ pid }) => pid);

  it("INV-105 after kill -9 of the parent the next start repairs everything, and runs go on", async () => {
    const goOn = path.join(folder.path, "go-on");
    await claude.setScript({ steps: [{ waitForFile: goOn }, { result: "Survived." }] });
    const agent = await product.createAgent("Claude", "claude");
    const { issue, taskId } = await product.assign("Survive", agent);
    await product.taskIn(taskId, ["running"]);
    const [daemon, ...others] = daemons();
    expect(others).toEqual([]);

    await product.stopServer("SIGKILL");
    expect(daemons()).toEqual([daemon]);
    await product.startServer();
    // The daemon of before is left at its work; the new parent looks for a place for its own.
    await writeFile(goOn, "");
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed", attempt: 1 });
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map((comment) => comment.body)).toEqual(["Survived."]);
    await waitFor(() => daemons().length === 1, { describe: "exactly one daemon" });
    const { items: all } = await product.call(runtimes.list, { workspace });
    const claudes = all.filter((runtime) => runtime.cli === "claude");
    expect(claudes.map((runtime) => runtime.health)).toEqual(["online"]);
  });

  it("Ctrl-C stops everything in order and leaves no process, not even of a deaf agent", async () => {
    await claude.setScript({
      steps: [{ spawnDetached: "while :; do sleep 1; done" }, { hang: "deaf" }],
    });
    const agent = await product.createAgent("Deaf", "claude");
    const { taskId } = await product.assign("Never ends", agent);
    await waitFor(
      async () => {
        const { items } = await product.call(tasks.transcript, { workspace, taskId });
        return items.some((row) => row.type === "tool_result");
      },
      { describe: "the process that the agent leaves behind", timeoutMs: 30_000 },
    );
    expect(processesWith(`HEADCOUNT_TASK_ID=${taskId}`).length).toBeGreaterThanOrEqual(2);

    product.server().kill("SIGINT");
    expect(await product.server().exited).toBe(0);
    expect(product.server().output()).not.toContain("Not everything stopped");
    expect(processesOf(product.directory)).toEqual([]);

    await product.startServer();
    const task = await product.taskIn(taskId, ["failed", "cancelled"]);
    expect(task.failureReason).toMatch(/^runtime_/);
  });
});
