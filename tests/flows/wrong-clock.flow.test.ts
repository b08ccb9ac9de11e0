import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const clockProgram = new URL("../support/shift-clock.ts", import.meta.url).href;
const twoDaysMs = 2 * 86_400_000;

describe("a machine whose clock is wrong and then set by four days during a run", () => {
  let started: ProductWithClaude;
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let clockFile: string;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "clock" });
    clockFile = path.join(folder.path, "offset");
    await writeFile(clockFile, String(twoDaysMs));
    started = await startWithClaude({
      daemonEnvironment: {
        NODE_OPTIONS: `--import ${clockProgram}`,
        SHIFTED_CLOCK_FILE: clockFile,
      },
    });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it("INV-69 times of the run are the server's, and its usage is booked in its time", async () => {
    const { product, claude } = started;
    const goOn = path.join(folder.path, "go-on");
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 101, cacheRead: 0, cacheWrite: 0, output: 17 } },
        { text: "Two days ahead." },
        { tool: "Bash", input: { command: "true" }, output: "A tool between." },
        { waitForFile: goOn },
        { usage: { input: 211, cacheRead: 0, cacheWrite: 0, output: 31 } },
        { result: "Two days behind." },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const before = Date.now();
    const { taskId } = await product.assign("What time is it?", agent);
    const rowsOf = async (): Promise<readonly { content: string; at: string }[]> =>
      (await product.call(tasks.transcript, { workspace, taskId })).items;
    await waitFor(async () => (await rowsOf()).some((row) => row.content === "A tool between."), {
      describe: "what was said before the clock was set",
    });
    // The clock of the machine is set while the run goes on, and nothing is on its way.
    await writeFile(clockFile, String(-twoDaysMs));
    await waitFor(() => product.machineLog().includes("clock differs") || undefined, {
      describe: "the daemon's word about its clock",
    });
    await writeFile(goOn, "");
    const task = await product.taskEnded(taskId);
    const after = Date.now();

    expect(task).toMatchObject({ status: "completed", attempt: 1, lease: 1 });
    const times = [task.queuedAt, task.startedAt, task.endedAt].map((at) => Date.parse(at ?? ""));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    for (const at of times) expect(at).toBeGreaterThanOrEqual(before);
    for (const at of times) expect(at).toBeLessThanOrEqual(after);
    // A row is as old as the machine says it has waited, so it may seem a little older than it is.
    for (const { at } of await rowsOf()) {
      expect(Math.abs(Date.parse(at) - before)).toBeLessThan(after - before + 60_000);
    }
    const { total } = await product.call(usage.task, { workspace, taskId });
    expect(total.tokens).toMatchObject({ input: 312, output: 48 });
    const { differences } = await product.call(usage.verify, { workspace });
    expect(differences).toEqual([]);
  });
});
