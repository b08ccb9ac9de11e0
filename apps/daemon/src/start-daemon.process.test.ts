import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import path from "node:path";
import { processState } from "@headcount/testkit/process-state";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import {
  readDaemonStatus,
  requestDaemonRefresh,
  requestDaemonStop,
} from "./control/control-client.ts";
import { startDaemon } from "./start-daemon.ts";
import { DaemonRunningError } from "./state/daemon-lock.ts";
import { startTestDaemon } from "./testing/test-daemon.fixture.ts";

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
  expect(existsSync(it.paths.temporary)).toBe(false);
});

test("who asks a daemon twice to stop need not wait for its runs", async () => {
  await using it = await startTestDaemon();
  const { server, daemon } = it;
  server.queue.push(server.task("hang"));
  await waitFor(() => server.recordsOf("progress").length === 1, {
    timeoutMs: 40_000,
    describe: "an open tool",
  });
  const first = daemon.stop("in a day", 86_400_000);
  await daemon.stop("now", 0);
  await first;
  expect(await daemon.ended).toBe("in a day");
  expect(server.recordsOf("terminal")).toHaveLength(1);
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
