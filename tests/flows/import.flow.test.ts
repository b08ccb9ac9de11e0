import { execFile } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { usage } from "@headcount/contract/usage/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const run = promisify(execFile);
const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));
const recorded = path.join(repositoryRoot, "packages/session-files/fixtures/claude/home");

describe("sessions that were there before Headcount", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
    await cp(recorded, started.product.directory, { recursive: true });
  });
  afterAll(() => started[Symbol.asyncDispose]());

  const bringIn = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
    const { product } = started;
    const { stdout } = await run(
      process.execPath,
      [
        path.join(repositoryRoot, "bin/headcount.mjs"),
        "usage",
        "import",
        "claude",
        "--output",
        "json",
        ...words,
      ],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: product.directory,
          HEADCOUNT_SERVER_URL: product.url,
          HEADCOUNT_PAT: product.ownerToken,
          HEADCOUNT_STATE_DIR: path.join(product.directory, "person"),
        },
      },
    );
    const { clis } = JSON.parse(stdout) as { clis: Record<string, unknown>[] };
    return clis[0] ?? {};
  };

  it("are found by the machine's daemon, and offered to its owner", async () => {
    const { product } = started;
    await product.stopDaemon();
    product.startDaemon();
    const found = await waitFor(
      async () => {
        const { items } = await product.call(runtimes.list, { workspace });
        return items.find(({ cli }) => cli === "claude")?.foundSessions ?? undefined;
      },
      { describe: "sessions that the daemon has found", timeoutMs: 30_000 },
    );
    expect(found.sessions).toBe(4);
  });

  it("are booked once, and never what Headcount's own runs have used", async () => {
    const { product, claude } = started;
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 } },
        { result: "Done." },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const { taskId } = await product.assign("Work", agent);
    const task = await product.taskEnded(taskId);
    expect(task).toMatchObject({ status: "completed", sessionId: expect.any(String) });
    const before = await product.call(usage.task, { workspace, taskId });
    // What the CLI itself writes about the same run.
    const own = {
      type: "assistant",
      sessionId: task.sessionId,
      requestId: "req_1",
      timestamp: new Date().toISOString(),
      message: {
        id: "msg_1",
        model: "claude-sonnet-5",
        usage: { input_tokens: 1009, output_tokens: 53 },
      },
    };
    const folder = path.join(product.directory, ".claude", "projects", "-work");
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${task.sessionId}.jsonl`), `${JSON.stringify(own)}\n`);

    expect(await bringIn()).toMatchObject({
      events: 9,
      stored: 8,
      rejectedFor: { managed_session: 1 },
    });
    expect(await bringIn("--again")).toMatchObject({ stored: 0, duplicate: 8, rejected: 1 });
    expect(await product.call(usage.task, { workspace, taskId })).toEqual(before);
    const { differences } = await product.call(usage.verify, { workspace });
    expect(differences).toEqual([]);
  });
});
