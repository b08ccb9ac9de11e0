import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { dumpDatabase } from "../support/dump-database.ts";
import { filesWith } from "../support/files-with.ts";
import { freePort } from "../support/free-port.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

/** One for each place, so that a find says where it came from. Letters that appear nowhere by chance. */
const canary = (place: string): string => `canary${place}${randomBytes(9).toString("hex")}`;
const places = {
  environment: `${canary("env")}/+ &"x`,
  machine: canary("machine"),
  tool: `ghp_${canary("tool")}`,
  stderr: `sk-ant-${canary("stderr")}`,
  file: canary("file"),
  failure: `xoxb-${canary("failure")}`,
  remote: canary("remote"),
  prompt: `glpat-${canary("prompt")}`,
};
/** The heads are enough to give a secret away, and no encoding of ours leaves them out. */
const traces = Object.values(places).flatMap((secret) => [
  secret.replace(/^[a-z]+[_-](?:ant-)?/, "").slice(0, 24),
  Buffer.from(secret).toString("base64").slice(4, 28),
]);
const found = (text: string): readonly string[] => traces.filter((trace) => text.includes(trace));

describe("secrets in every place of a run", () => {
  let started: ProductWithClaude;
  let metricsPort = 0;
  beforeAll(async () => {
    metricsPort = await freePort();
    started = await startWithClaude({
      daemonEnvironment: { DEPLOY_PASSWORD: places.machine },
      serverEnvironment: { HEADCOUNT_METRICS_ADDR: `127.0.0.1:${metricsPort}` },
    });
  });
  afterAll(() => started[Symbol.asyncDispose]());

  /** The machine's own records; its work folder is the agent's. */
  const kept = (): readonly string[] =>
    filesWith(started.product.daemonDirectory, traces).filter((file) => !file.startsWith("work/"));

  it("INV-83 INV-80 reach neither disk, database, answers, logs nor command lines", async () => {
    const { product, claude, folder, databaseUrl } = started;
    const [go, running] = ["go", "running"].map((name) => path.join(folder, name));
    if (!go || !running) throw new Error("Two names make two paths");
    await claude.setScript({
      model: "claude-sonnet-5",
      byPrompt: [
        {
          prompt: "Fails",
          steps: [
            { noise: `request with ${places.environment} was refused`, to: "stderr" },
            { apiError: { status: 401, text: `key ${places.failure} and ${places.environment}` } },
          ],
        },
      ],
      steps: [
        { usage: { input: 101, output: 11 } },
        { noise: `loaded ${places.stderr} and ${places.environment}`, to: "stderr" },
        { text: `The issue says ${places.prompt}, I remember that.` },
        {
          tool: "Read",
          input: { file_path: `/srv/${encodeURIComponent(places.environment)}/${places.file}.txt` },
          output: `token: ${places.tool}\nDEPLOY=${places.machine}`,
        },
        {
          tool: "Bash",
          input: { command: "git remote -v" },
          output: `origin https://me:${places.remote}@example.test/x.git (fetch)`,
        },
        {
          run: `headcount issue comment add "$HEADCOUNT_ISSUE_KEY" --content "It is $SOME_SETTING, and ${places.tool}"`,
        },
        { run: `touch '${running}'` },
        { waitForFile: go },
        { result: `Done with ${Buffer.from(places.environment).toString("base64")}.` },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    await product.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { SOME_SETTING: places.environment, FILE_NAME: places.file },
    });

    const works = await product.assign("Works", agent);
    await waitFor(() => existsSync(running), { describe: "the open run", timeoutMs: 60_000 });
    const lines = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout;
    expect(found(lines)).toEqual([]);
    expect(kept()).toEqual([]);

    // The daemon dies in the middle; the next one settles what it left behind.
    await product.stopDaemon("SIGKILL");
    const logOfDead = product.daemon().output();
    expect(kept()).toEqual([]);
    await writeFile(go, "");
    product.startDaemon();
    const ended = await product.taskEnded(works.taskId, 60_000);
    expect(ended.status).toBe("failed");
    const again = await waitFor(
      async () => {
        const { items } = await product.call(tasks.list, { workspace, issueId: works.issue.id });
        return items.find((task) => task.retryOf === works.taskId && task.status === "completed");
      },
      { describe: "the second attempt", timeoutMs: 90_000 },
    );
    const fails = await product.assign("Fails", agent);
    const failed = await product.taskEnded(fails.taskId, 60_000);
    expect([failed.status, failed.failureReason]).toEqual([
      "failed",
      "agent_error.provider_auth_or_access",
    ]);
    expect(failed.error).toContain("[redacted]");

    const answers: unknown[] = [ended, again, failed];
    for (const { issue, taskId } of [works, fails, { issue: works.issue, taskId: again.id }]) {
      answers.push(
        await product.call(tasks.transcript, { workspace, taskId, limit: 2_000 }),
        await product.call(comments.list, { workspace, issue: issue.id }),
        await product.call(issues.timeline, { workspace, issue: issue.id }),
        await product.call(usage.task, { workspace, taskId }),
      );
    }
    answers.push(
      await product.call(runtimes.list, { workspace, owner: "all" }),
      await product.call(agents.get, { workspace, agentId: agent.id }),
    );
    const shown = JSON.stringify(answers);
    expect(found(shown)).toEqual([]);
    // The words around them came through, so they were there and were hidden.
    for (const word of ["The issue says", "token: ", "git remote -v", "It is [redacted]"]) {
      expect(shown).toContain(word);
    }
    const dump = await dumpDatabase(databaseUrl);
    expect(dump).toContain("It is [redacted]");
    expect(found(dump)).toEqual([]);
    expect(kept()).toEqual([]);
    const logs = logOfDead + product.daemon().output() + product.server().output();
    expect(found(logs)).toEqual([]);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toContain("# HELP");
    expect(found(metrics)).toEqual([]);
  });
});
