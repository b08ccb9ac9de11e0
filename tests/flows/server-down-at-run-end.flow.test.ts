import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const clockProgram = new URL("../support/shift-clock.ts", import.meta.url).href;
const dayAndMoreMs = 26 * 3_600_000;

/** Every limit of the server, such as that for a machine that is silent, has long passed then. */
const absences = [
  ["for a moment", 0],
  ["for 26 hours", dayAndMoreMs],
] as const;

describe.each(absences)("scenario C: the server is down %s while a run ends", (_, absenceMs) => {
  let started: ProductWithClaude;
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let clockFile: string;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "absence" });
    clockFile = path.join(folder.path, "offset");
    await writeFile(clockFile, "0");
    started = await startWithClaude({
      serverEnvironment: {
        NODE_OPTIONS: `--import ${clockProgram}`,
        SHIFTED_CLOCK_FILE: clockFile,
      },
    });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it("INV-18 INV-19 INV-102 INV-103 the run is completed once, with one comment and exact usage", async () => {
    const { product, claude } = started;
    const goOn = path.join(folder.path, "go-on");
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 101, cacheRead: 1009, cacheWrite: 53, output: 17 } },
        { text: "Before the server went." },
        { waitForFile: goOn },
        { usage: { input: 211, cacheRead: 2003, cacheWrite: 59, output: 31, reasoning: 7 } },
        { tool: "Bash", input: { command: "true" }, output: "Nobody listens." },
        { usage: { input: 307, cacheRead: 3001, cacheWrite: 61, output: 41 } },
        { result: "Done while the server was away." },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const { issue, taskId } = await product.assign("Nobody home", agent);
    await product.taskIn(taskId, ["running"]);

    await product.stopServer("SIGKILL");
    await writeFile(goOn, "");
    await product.daemon().says(/run ended/);
    await writeFile(clockFile, String(absenceMs));
    await product.startServer();

    const task = await product.taskEnded(taskId);
    const away = Date.parse(task.endedAt ?? "") - Date.parse(task.startedAt ?? "");
    expect(away).toBeGreaterThanOrEqual(absenceMs);
    expect(task).toMatchObject({ status: "completed", outcome: "done", attempt: 1, lease: 1 });
    const { items: all } = await product.call(issues.tasks, { workspace, issue: issue.id });
    expect(all.map((one) => one.id)).toEqual([taskId]);
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map((comment) => comment.body)).toEqual(["Done while the server was away."]);
    const { items: rows } = await product.call(tasks.transcript, { workspace, taskId });
    const texts = rows.map((row) => row.content).filter((text) => text !== "");
    expect(texts.filter((text) => text === "Before the server went.")).toHaveLength(1);
    expect(texts.filter((text) => text === "Nobody listens.")).toHaveLength(1);
    const { total, coverage } = await product.call(usage.task, { workspace, taskId });
    expect(coverage).toBe("exact");
    expect(total.tokens).toMatchObject({
      input: 101 + 211 + 307,
      cacheRead: 1009 + 2003 + 3001,
      cacheWrite5m: 53 + 59 + 61,
      output: 17 + 31 + 41,
    });
    const { differences } = await product.call(usage.verify, { workspace });
    expect(differences).toEqual([]);
  });
});
