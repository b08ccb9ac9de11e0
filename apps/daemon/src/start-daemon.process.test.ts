import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import path from "node:path";
import { listProcesses, markedProcesses } from "@headcount/agent-drivers/core/process-tree";
import { processState } from "@headcount/testkit/process-state";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test, vi } from "vitest";
import {
  readDaemonStatus,
  requestCheckout,
  requestDaemonRefresh,
  requestDaemonStop,
} from "./control/control-client.ts";
import { startDaemon } from "./start-daemon.ts";
import { DaemonRunningError } from "./state/daemon-lock.ts";
import { startTestDaemon } from "./testing/test-daemon.fixture.ts";

// Processes and disks are slow on a busy machine; nothing here measures time.
vi.setConfig({ testTimeout: 60_000 });

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

test("INV-55 a cancel ends the whole tree, keeps what was used and is acknowledged", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const task = server.task("hang");
  server.queue.push(task);
  await waitFor(() => server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  const marker = await markerOfRun(it.paths.journal);
  expect(markedProcesses(marker, listProcesses()).length).toBeGreaterThanOrEqual(2);
  server.verdicts.set(task.taskId, "cancel");
  server.hint({ type: "cancel", taskId: task.taskId, lease: 1 });
  await waitFor(() => server.recordsOf("cancel_ack").length === 1, {
    timeoutMs: 40_000,
    describe: "the acknowledgement",
  });
  expect(markedProcesses(marker, listProcesses())).toEqual([]);
  expect(server.recordsOf("usage").length).toBeGreaterThan(0);
  expect(server.recordsOf("terminal")).toMatchObject([
    {
      status: "cancelled",
      failureReason: null,
      sessionId: server.recordsOf("session")[0]?.sessionId,
    },
  ]);
});

test.each(["a hint", "a heartbeat"])(
  "INV-55 INV-19 a limit that %s brings ends the run: nothing of it lives; session, work and usage are kept",
  async (messenger) => {
    await using it = await startTestDaemon();
    const { server } = it;
    const task = server.task("hang");
    server.queue.push(task);
    await waitFor(() => server.recordsOf("progress").length > 0, {
      timeoutMs: 40_000,
      describe: "an open tool",
    });
    const marker = await markerOfRun(it.paths.journal);
    if (messenger === "a hint") {
      server.hint({ type: "stop", taskId: task.taskId, lease: 1, reason: "budget_stop" });
    } else server.verdicts.set(task.taskId, "budget_stop");
    await waitFor(() => server.recordsOf("terminal").length === 1, {
      timeoutMs: 40_000,
      describe: "the end",
    });
    expect(markedProcesses(marker, listProcesses())).toEqual([]);
    expect(server.recordsOf("usage").length).toBeGreaterThan(0);
    expect(server.recordsOf("terminal")).toMatchObject([
      {
        status: "failed",
        failureReason: "budget_stop",
        error: null,
        sessionId: server.recordsOf("session")[0]?.sessionId,
        workDirectory: expect.stringContaining("workdir"),
      },
    ]);
  },
);

test("INV-101 a run whose lease is lost is stopped and reports no end", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const task = server.task("wait");
  server.queue.push(task);
  await waitFor(() => server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  const marker = await markerOfRun(it.paths.journal);
  server.queue.push({ ...task, lease: 2, turnPrompt: "do:finish" });
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end of the second lease",
  });
  expect(server.records.filter((record) => record.kind === "terminal")).toMatchObject([
    { lease: 2 },
  ]);
  expect(markedProcesses(marker, listProcesses())).toEqual([]);
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

test("INV-18 a run that ends while the server is away is delivered once when it is back", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  let isAway = false;
  server.intercept = (route) => {
    if (route.endsWith("/start")) isAway = true;
    return isAway && !route.endsWith("/start") ? { status: 503 } : null;
  };
  server.queue.push(server.task("finish"));
  await waitFor(() => it.daemon.status().tasks.length === 0 && server.starts.length === 1, {
    timeoutMs: 40_000,
    describe: "the local end of the run",
  });
  expect(server.records).toEqual([]);
  expect(it.daemon.status().outbox.depth).toBeGreaterThan(0);
  const claimsBefore = server.claimRequests.length;
  isAway = false;
  await waitFor(() => server.claimRequests.length > claimsBefore, {
    timeoutMs: 40_000,
    describe: "the next claim",
  });
  expect(server.recordsOf("terminal")).toMatchObject([{ status: "completed" }]);
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

test("INV-51 a stalled remote, a stalled outbox and a stalled claim delay no heartbeat", async () => {
  await using it = await startTestDaemon({ heartbeatIntervalMs: 30 });
  await using silent = await listenSilently();
  const { server } = it;
  const task = server.task("finish", { repositories: [{ url: silent.url, ref: null }] });
  server.queue.push(task);
  await waitFor(() => silent.connections() > 0, { timeoutMs: 40_000, describe: "git to hang" });
  server.intercept = (route) =>
    route === "claim" || route === "outbox" ? new Promise(() => {}) : null;
  const before = server.beats.length;
  await waitFor(() => server.beats.length >= before + 20, {
    timeoutMs: 40_000,
    describe: "twenty heartbeats",
  });
  expect(server.beats.at(-1)).toMatchObject([{ taskId: task.taskId, step: "preparing" }]);
  server.verdicts.set(task.taskId, "cancel");
  await waitFor(() => it.daemon.status().tasks.length === 0, {
    timeoutMs: 40_000,
    describe: "the end of the wait",
  });
  server.intercept = () => null;
});

test("INV-52 a CLI that hangs when it is looked at holds up nothing but itself", async () => {
  await using bin = await temporaryDirectory({ prefix: "hcd-bin" });
  const environment = { PATH: `${bin.path}:/usr/bin:/bin`, HOME: bin.path };
  await using it = await startTestDaemon({ heartbeatIntervalMs: 30, environment });
  const { server } = it;
  const pidFile = path.join(bin.path, "pid");
  const wait = `sleep 600 & echo $! > '${pidFile}.new'; mv '${pidFile}.new' '${pidFile}'; wait`;
  await writeFile(path.join(bin.path, "codex"), `#!/bin/sh\n${wait}\n`, { mode: 0o755 });
  await writeFile(path.join(bin.path, "gemini"), "#!/bin/sh\necho 9.9.9\n", { mode: 0o755 });
  expect(await requestDaemonRefresh(it.config.stateDirectory)).toBe(true);
  await waitFor(() => existsSync(pidFile), { timeoutMs: 40_000, describe: "the CLI to hang" });
  const pid = Number(await readFile(pidFile, "utf8"));
  const before = server.beats.length;
  server.queue.push(server.task("finish"));
  await waitFor(async () => (await processState(pid)) === undefined, {
    timeoutMs: 40_000,
    describe: "the end of all that hung",
  });
  expect(server.beats.length).toBeGreaterThanOrEqual(before + 20);
  await waitFor(() => server.hasRuntime("gemini") && server.hasRuntime("codex"), {
    timeoutMs: 40_000,
    describe: "both new CLIs",
  });
  const { clis = [] } = (await readDaemonStatus(it.config.stateDirectory)) ?? {};
  expect(clis.find((cli) => cli.cli === "gemini")).toMatchObject({ problem: null });
  expect(clis.find((cli) => cli.cli === "codex")).toMatchObject({ problem: "no_answer" });
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the end of the run",
  });
  expect(server.recordsOf("terminal")).toMatchObject([{ status: "completed" }]);
});

test("INV-53 a runtime that the server forgot is dropped at once and claims go on for the others", async () => {
  await using it = await startTestDaemon({ heartbeatIntervalMs: 30 });
  const { server } = it;
  const gone = server.task("finish", { runtimeId: server.runtimeOf("tutorial") });
  server.forget("tutorial");
  const before = server.beats.length;
  // The answer to the first beat after it brings the news; the third proves that it was applied.
  await waitFor(() => server.beats.length >= before + 3, {
    timeoutMs: 40_000,
    describe: "heartbeats",
  });
  server.queue.push(gone, server.task("finish"));
  await waitFor(() => server.recordsOf("terminal").length === 1, {
    timeoutMs: 40_000,
    describe: "the other task",
  });
  expect(server.givenBack).toMatchObject([{ taskId: gone.taskId, reason: "runtime_offline" }]);
});

test("INV-68 one daemon per profile; the socket tells its identity and stops it", async () => {
  await using it = await startTestDaemon();
  await expect(startDaemon(it.config, () => {})).rejects.toBeInstanceOf(DaemonRunningError);
  const status = await readDaemonStatus(it.config.stateDirectory);
  expect(status).toMatchObject({ phase: "running", deviceName: "test machine", pid: process.pid });
  expect(status?.clis.map((cli) => cli.cli)).toEqual(
    expect.arrayContaining(["claude", "tutorial"]),
  );
  expect(await requestDaemonStop(it.config.stateDirectory, "asked to")).toBe(true);
  expect(await it.daemon.ended).toBe("asked to");
  expect(it.server.farewells).toEqual(["asked to"]);
  expect(await readDaemonStatus(it.config.stateDirectory)).toBeNull();
  const life = JSON.parse(await readFile(it.paths.lifeRecord, "utf8")) as unknown;
  expect(life).toMatchObject({ stopReason: "asked to" });
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

test("stopping the daemon ends its runs and reports them as offline", async () => {
  await using it = await startTestDaemon();
  it.server.queue.push(it.server.task("wait"));
  await waitFor(() => it.server.recordsOf("progress").length > 0, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  await it.daemon.stop("test", 0);
  expect(it.server.recordsOf("terminal")).toMatchObject([
    { status: "failed", failureReason: "runtime_offline" },
  ]);
});

test("enrols with the one-time token once it appears and deletes it", async () => {
  await using it = await startTestDaemon();
  await it.daemon.stop("prepare", 0);
  const enrolTokenFile = path.join(it.folder, "enrol-token");
  await writeFile(it.paths.token, "");
  it.daemon = await startDaemon({ ...it.config, enrolTokenFile }, () => {});
  expect(it.daemon.status().phase).toBe("waiting_for_enrolment");
  await writeFile(enrolTokenFile, "hcp_once");
  await waitFor(() => it.daemon.status().phase === "running", {
    timeoutMs: 40_000,
    describe: "the enrolment",
  });
  expect((await readFile(it.paths.token, "utf8")).trim()).toBe("hcd_test");
  await expect(readFile(enrolTokenFile)).rejects.toThrow("ENOENT");
});

async function markerOfRun(journal: string): Promise<string> {
  const [name] = await readdir(journal);
  const note = JSON.parse(await readFile(path.join(journal, name ?? ""), "utf8")) as {
    marker: string;
  };
  return note.marker;
}

/** A server that takes connections and never says a word. */
async function listenSilently(): Promise<
  AsyncDisposable & { readonly url: string; readonly connections: () => number }
> {
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/repository.git`,
    connections: () => open.size,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
