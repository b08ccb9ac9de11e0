import { spawnSync } from "node:child_process";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { requestCheckout } from "../control/control-client.ts";
import { startDaemon } from "../start-daemon.ts";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";

type Seen = {
  readonly prompt: string;
  readonly argv: readonly string[];
  readonly environment: Record<string, string>;
  readonly cwd: string;
};

async function readSeen(file: string): Promise<Seen> {
  return JSON.parse(await readFile(file, "utf8")) as Seen;
}

test("a claimed task is prepared, run and reported: usage and transcript before its end", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const task = server.task("tool");
  server.queue.push(task);
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end",
  });
  expect(server.starts).toMatchObject([{ taskId: task.taskId, branch: null, resumed: false }]);
  expect(server.recordsOf("terminal")).toMatchObject([
    { status: "completed", answer: "All done.", failureReason: null, toolRan: true },
  ]);
  const kinds = server.records.map((record) => record.kind);
  expect(kinds.at(-1)).toBe("terminal");
  expect(kinds).toContain("session");
  const usage = server.recordsOf("usage");
  expect(usage.length).toBeGreaterThan(0);
  expect(usage.every((record) => record.model === "scripted-model")).toBe(true);
  const rows = server.recordsOf("transcript");
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index));
  expect(rows.map((row) => row.type)).toEqual(
    expect.arrayContaining(["text", "tool_use", "tool_result"]),
  );
  expect(server.recordsOf("progress")).toMatchObject([{ activity: "Bash: make all" }]);
  await waitFor(() => it.daemon.status().slots.free === 3, {
    timeoutMs: 40_000,
    describe: "the free slot",
  });
  expect(await readdir(it.paths.journal)).toEqual([]);
});

test("INV-67 the task token reaches the agent's environment and nothing else", async () => {
  await using it = await startTestDaemon();
  const { server, folder } = it;
  const seenFile = path.join(folder, "..", `${path.basename(folder)}.seen.json`);
  const task = server.task("leak");
  const environment = {
    SEEN_FILE: seenFile,
    DEPLOY_KEY: "canary-deploy-key",
    HEADCOUNT_TOKEN: "hct_forged",
    PATH: "/evil",
    HOME: "/evil",
    CLAUDE_CONFIG_DIR: "/evil",
  };
  server.queue.push({ ...task, agent: { ...task.agent, environment } });
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end",
  });
  const seen = await readSeen(seenFile);
  await rm(seenFile);
  expect(seen.environment).toMatchObject({
    HEADCOUNT_TOKEN: task.token,
    HEADCOUNT_SERVER_URL: server.baseUrl,
    HEADCOUNT_WORKSPACE_ID: task.workspaceId,
    HEADCOUNT_WORKSPACE: "acme",
    HEADCOUNT_AGENT_ID: task.agent.id,
    HEADCOUNT_AGENT_NAME: "Ada Agent",
    HEADCOUNT_TASK_ID: task.taskId,
    HEADCOUNT_ISSUE_KEY: "ACM-1",
    HEADCOUNT_SLOT: "0",
    HEADCOUNT_SOCKET: it.paths.socket,
    HOME: path.join(folder, "person"),
  });
  expect(seen.environment["PATH"]?.split(":")[0]).toBe(it.paths.bin);
  expect(seen.environment["CLAUDE_CONFIG_DIR"]).toBeUndefined();
  expect(JSON.stringify(seen.argv)).not.toContain("canary");
  const scan = spawnSync("grep", ["-rlF", "-e", "canary", folder], { encoding: "utf8" });
  expect(scan).toMatchObject({ stdout: "", status: 1 });
  expect(JSON.stringify(server.records)).not.toContain("canary");
  expect(JSON.stringify(server.starts)).not.toContain("canary");
});

test("a refused session is tried once afresh, with the notice and continued numbering", async () => {
  await using it = await startTestDaemon();
  const { server, folder } = it;
  const first = server.task("finish");
  server.queue.push(first);
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the first run",
  });
  const place = server.recordsOf("session")[0];
  if (place === undefined) throw new Error("no session was pinned");
  const seenFile = path.join(folder, "seen.json");
  const agent = { ...first.agent, environment: { SEEN_FILE: seenFile } };
  const { sessionId, workDirectory } = place;
  const next = {
    agent,
    issue: first.issue,
    resume: { sessionId, workDirectory },
    continuityNotice: "The earlier conversation is gone.",
  };
  server.queue.push(server.task("refuse-session", next));
  await waitFor(() => server.recordsOf("terminal").length === 2, {
    timeoutMs: 40_000,
    describe: "the second run",
  });
  expect(server.recordsOf("terminal")[1]).toMatchObject({
    status: "completed",
    resumeRejected: true,
    workDirectory,
  });
  const seen = await readSeen(seenFile);
  expect(seen.prompt).toContain("The earlier conversation is gone.");
  expect(seen.argv).not.toContain("--resume");
  expect(seen.cwd).toBe(workDirectory);
  expect(server.starts[1]?.resumed).toBe(true);
});

test("a task of an unknown CLI goes back; one without a task token never starts", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const elsewhere = server.task("finish", { cli: "no-such-cli" });
  const forged = server.task("finish", { token: "hcp_of_a_person" });
  server.queue.push(elsewhere, forged);
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the refusal",
  });
  await waitFor(() => server.givenBack.length === 1, {
    timeoutMs: 40_000,
    describe: "the returned task",
  });
  expect(server.givenBack).toMatchObject([{ taskId: elsewhere.taskId, reason: "runtime_offline" }]);
  expect(server.recordsOf("terminal")).toMatchObject([
    { status: "failed", failureReason: "invalid_task_identity" },
  ]);
  expect(server.starts).toEqual([]);
});

test("an agent gets one more repository of its workspace by the socket, and no other", async () => {
  await using it = await startTestDaemon();
  const { server, folder } = it;
  const origin = path.join(folder, "origin");
  const git = (...parts: string[]): void => void spawnSync("git", parts, { cwd: origin });
  await mkdir(origin);
  git("init", "--quiet", "-b", "main");
  await writeFile(path.join(origin, "a.txt"), "one");
  git("add", ".");
  git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
  const task = server.task("wait", { repositories: [] });
  server.repositories.push({ url: origin, description: "" });
  await it.daemon.stop("look again", 0);
  it.daemon = await startDaemon(it.config, () => {});
  server.queue.push(task);
  await waitFor(() => server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  const marker = await markerOfRun(it.paths.journal);
  const ask = { socketPath: it.paths.socket, marker, url: origin, ref: null };
  const checkout = await requestCheckout(ask);
  expect(await readFile(path.join(checkout.directory, "a.txt"), "utf8")).toBe("one");
  expect(checkout.branch).toMatch(/^agent\/ada-agent\//);
  expect(await requestCheckout(ask)).toEqual(checkout);
  await expect(requestCheckout({ ...ask, marker: "x" })).rejects.toMatchObject({
    reason: "run.unknown",
  });
  await expect(requestCheckout({ ...ask, url: "/etc" })).rejects.toMatchObject({
    reason: "repository.unknown",
  });
});

async function markerOfRun(journal: string): Promise<string> {
  const [name] = await readdir(journal);
  const note = JSON.parse(await readFile(path.join(journal, name ?? ""), "utf8")) as {
    marker: string;
  };
  return note.marker;
}
