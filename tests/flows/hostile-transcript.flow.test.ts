import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { dumpDatabase } from "../support/dump-database.ts";
import { filesWith } from "../support/files-with.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const secret = "canary-5d1f0c/9b+e7 a24&88";
/** Any of these gives the secret away; the pieces are long enough not to appear by chance. */
const traces = [
  secret,
  "canary-5d1f0c",
  "9b+e7 a24&88",
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64").slice(0, 30),
];
const bigLineBytes = 5 * 1024 * 1024;

describe("scenario F: an agent that says hostile things", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it("INV-11 INV-28 INV-83 everything is stored sane, cut and without secrets, and the run completes", async () => {
    const { product, claude, folder, databaseUrl } = started;
    const [half, goOn, seen] = ["half", "go-on", "seen"].map((name) => path.join(folder, name));
    if (!half || !goOn || !seen) throw new Error("Three names make three paths");
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 101, output: 11 } },
        { nul: true },
        { tool: "Read", input: { "nul\u0000key": "nul\u0000value" }, output: "nul\u0000result" },
        { loneSurrogate: true },
        { bigLineBytes },
        { thinking: `I must not tell ${secret} to anybody.` },
        { tool: "Bash", input: { command: `curl -H '${secret}'` }, output: `got ${secret}` },
        { tool: "Bash", input: { [secret]: [{ deep: encodeURIComponent(secret) }] }, output: "" },
        { tool: "Bash", input: {}, output: Buffer.from(secret).toString("base64") },
        { text: `It begins ${secret.slice(0, 16)}` },
        { waitForFile: half },
        { text: `${secret.slice(16)} and there it ended.` },
        { run: `touch '${seen}'` },
        { waitForFile: goOn },
        { result: `The answer is ${secret}, I think.` },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    await product.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { SOME_SETTING: secret },
    });
    const { issue, taskId } = await product.assign("Hostile", agent);
    const rowsOf = async (): Promise<readonly { type: string; content: string }[]> =>
      (await product.call(tasks.transcript, { workspace, taskId, limit: 2_000 })).items;
    // The first half was on its way for long enough to be sent without the second.
    await waitFor(
      async () => (await rowsOf()).filter((row) => row.type === "tool_use").length > 4,
      {
        describe: "the rows before the split secret",
        timeoutMs: 30_000,
      },
    );
    await writeFile(half, "");
    await waitFor(() => existsSync(seen), { describe: "the second half", timeoutMs: 30_000 });
    expect(filesWith(product.daemonDirectory, traces)).toEqual([]);
    await writeFile(goOn, "");

    const task = await product.taskEnded(taskId);
    expect([task.error, task.status, task.outcome]).toEqual([null, "completed", "done"]);
    const { items: rows } = await product.call(tasks.transcript, {
      workspace,
      taskId,
      limit: 2_000,
    });
    const said = rows.filter((row) => row.type === "text").map((row) => row.content);
    expect(said.slice(0, 2)).toEqual(["beforeafter", "beforeafter"]);
    expect(said.slice(2).join("")).toBe("It begins [redacted] and there it ended.");
    const odd = rows.find((row) => JSON.stringify(row.input)?.includes("nulkey"));
    expect(odd?.input).toEqual({ nulkey: "nulvalue" });
    expect(rows.map((row) => row.content)).toContain("nulresult");
    const big = rows.filter((row) => row.originalBytes !== null);
    expect(big.map((row) => row.originalBytes)).toEqual([bigLineBytes]);
    expect(big[0]?.content).toMatch(/^x{100,8192}$/);

    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map((comment) => comment.body)).toEqual(["The answer is [redacted], I think."]);
    const { items: timeline } = await product.call(issues.timeline, { workspace, issue: issue.id });
    const shown = JSON.stringify([task, rows, items, timeline]);
    expect(traces.filter((trace) => shown.includes(trace))).toEqual([]);
    const dump = await dumpDatabase(databaseUrl);
    expect(dump).toContain("there it ended");
    expect(traces.filter((trace) => dump.includes(trace))).toEqual([]);
    expect(filesWith(product.daemonDirectory, traces)).toEqual([]);
    const logs = product.server().output() + product.daemon().output();
    expect(traces.filter((trace) => logs.includes(trace))).toEqual([]);
  });
});
