import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { workspace } from "../support/start-product.ts";
import { startWithClaude } from "../support/start-with-claude.ts";

const dayMs = 86_400_000;

/** Loaded before anything else, by the daemon and by every program of Node that it starts. */
const shiftedClock = (skewMs: number): string => `
const real = Date;
const now = () => real.now() + (${skewMs});
globalThis.Date = class extends real {
  constructor(...given) { if (given.length === 0) super(now()); else super(...given); }
  static now() { return now(); }
};`;

describe("a machine whose clock is wrong by days", () => {
  it.each([
    ["ahead", 2 * dayMs],
    ["behind", -2 * dayMs],
  ])("INV-69 is on the server's timeline when it is %s", async (_which, skewMs) => {
    await using folder = await temporaryDirectory();
    const clock = path.join(folder.path, "clock.mjs");
    await writeFile(clock, shiftedClock(skewMs));
    await using started = await startWithClaude({
      daemonEnvironment: { NODE_OPTIONS: `--import=${clock}` },
    });
    const { product, claude } = started;
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 } },
        { tool: "Bash", input: { command: "true" }, output: "ok" },
        { result: "Done." },
      ],
    });
    const before = Date.now();
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const { issue, taskId } = await product.assign("What time is it", agent);
    const task = await product.taskEnded(taskId);
    expect(task).toMatchObject({ status: "completed", attempt: 1 });
    const { items } = await product.call(tasks.transcript, { workspace, taskId });
    const after = Date.now();
    const instants = [task.queuedAt, task.dispatchedAt, task.startedAt, task.endedAt];
    const timeline = instants.map((at) => Date.parse(at ?? ""));
    expect(timeline).toEqual(timeline.toSorted((one, other) => one - other));
    for (const at of [...timeline, ...items.map((row) => Date.parse(row.at))]) {
      expect(at).toBeGreaterThanOrEqual(before - 1_000);
      expect(at).toBeLessThanOrEqual(after + 1_000);
    }
    expect(items.length).toBeGreaterThan(1);
    const { items: runs } = await product.call(issues.tasks, { workspace, issue: issue.id });
    expect(runs).toHaveLength(1);
    expect(product.machineLog()).toContain("clock differs from the server's");
  });
});
