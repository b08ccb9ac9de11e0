import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDaemonStatus } from "@headcount/daemon/control/control-client";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type StartedProcess, startProcess } from "../support/child-process.ts";
import { processesWith } from "../support/marked-processes.ts";
import { endProcess } from "../support/end-process.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const daemonProgram = fileURLToPath(new URL("../../apps/daemon/src/main.ts", import.meta.url));

describe("a daemon whose identity was copied to another place", () => {
  let started: ProductWithClaude;
  let second: StartedProcess | null = null;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(async () => {
    await endProcess(second);
    await started[Symbol.asyncDispose]();
  });

  /** Only what names the machine is copied, as with a disk image: nothing that tells of its runs. */
  const startCopy = async (): Promise<string> => {
    const { product, claude, folder } = started;
    const copy = path.join(folder, "copy");
    await mkdir(copy, { recursive: true });
    for (const name of ["daemon-id", "daemon-token"]) {
      await copyFile(path.join(product.daemonDirectory, name), path.join(copy, name));
    }
    second = startProcess([process.execPath, daemonProgram], {
      PATH: [path.dirname(claude.executable), process.env["PATH"] ?? ""].join(path.delimiter),
      HOME: product.directory,
      HEADCOUNT_SERVER_URL: product.url,
      HEADCOUNT_STATE_DIR: copy,
      HEADCOUNT_WORK_ROOT: path.join(folder, "copy-work"),
      HEADCOUNT_DEVICE_NAME: "test-machine",
    });
    return copy;
  };

  it("INV-106 the later registration wins: what the older one runs is lost to it, stopped, and done once", async () => {
    const { product, claude } = started;
    await claude.setScript({
      steps: [{ tool: "Bash", input: { command: "true" }, output: "Mine." }, { hang: true }],
    });
    const agent = await product.createAgent("Claude", "claude");
    const { issue, taskId } = await product.assign("Whose?", agent);
    await waitFor(
      async () => {
        const { items } = await product.call(tasks.transcript, { workspace, taskId });
        return items.some((row) => row.content === "Mine.");
      },
      { describe: "the first word of the older daemon's run", timeoutMs: 60_000 },
    );
    const own = `HEADCOUNT_TASK_ID=${taskId}`;
    expect(processesWith(own).length).toBeGreaterThan(0);

    await claude.setScript({
      steps: [{ result: "Done once." }],
      resumedSteps: [{ result: "Done once." }],
    });
    await startCopy();
    const lost = await product.taskEnded(taskId);
    expect([lost.status, lost.failureReason]).toEqual(["failed", "runtime_recovery"]);
    const retry = await waitFor(
      async () => {
        const { items } = await product.call(issues.tasks, { workspace, issue: issue.id });
        return items.find((task) => task.id !== taskId && task.status === "completed");
      },
      { describe: "the retry", timeoutMs: 60_000 },
    );
    expect(retry).toMatchObject({ attempt: 2 });
    // The older daemon hears with its next heartbeat that the lease is not its own any more.
    await waitFor(() => processesWith(own).length === 0 || undefined, {
      describe: "the end of the run that was lost",
      timeoutMs: 40_000,
    });
    const status = await waitFor(
      async () => {
        const known = await readDaemonStatus(product.daemonDirectory);
        return known?.tasks.length === 0 ? known : undefined;
      },
      { describe: "an older daemon without runs", timeoutMs: 40_000 },
    );
    expect(status).toMatchObject({ connected: true });
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    const said = items.map((comment) => comment.body);
    expect(said.filter((body) => body === "Done once.")).toHaveLength(1);
  });
});
