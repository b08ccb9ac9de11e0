import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { startDaemon, type RunningDaemon } from "../start-daemon.ts";
import type { DaemonConfig } from "../state/daemon-config.ts";
import { profilePaths, type ProfilePaths } from "../state/profile-paths.ts";
import { ScriptedHeadcount } from "./scripted-headcount.fixture.ts";

/** A daemon with a scripted server and a scripted agent, all in one temporary folder. */
export type TestDaemon = AsyncDisposable & {
  readonly server: ScriptedHeadcount;
  readonly folder: string;
  readonly paths: ProfilePaths;
  readonly config: DaemonConfig;
  daemon: RunningDaemon;
};

const agentScript = fileURLToPath(new URL("./scripted-agent.fixture.ts", import.meta.url));

/** Makes an executable that runs the scripted agent. */
export async function makeScriptedAgent(folder: string): Promise<string> {
  const file = path.join(folder, "claude");
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${agentScript}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

export function testConfig(
  folder: string,
  server: ScriptedHeadcount,
  changes: Partial<DaemonConfig> = {},
): DaemonConfig {
  const environment = { PATH: "/usr/bin:/bin", HOME: path.join(folder, "person") };
  return {
    serverUrl: server.baseUrl,
    stateDirectory: path.join(folder, "state"),
    profile: "test",
    deviceName: "test machine",
    workRoot: path.join(folder, "work"),
    slots: 3,
    pollIntervalMs: 50,
    heartbeatIntervalMs: 15_000,
    changesIntervalMs: 30_000,
    idleMs: 60_000,
    idleInToolMs: 60_000,
    handshakeMs: undefined,
    progressMs: undefined,
    taskTimeoutMs: null,
    outboxMaxBytes: 2 ** 30,
    minimumFreeBytes: 1,
    clis: { claude: { path: path.join(folder, "claude"), arguments: [], enabled: true } },
    enrolTokenFile: null,
    environment,
    ...changes,
  };
}

export async function startTestDaemon(changes: Partial<DaemonConfig> = {}): Promise<TestDaemon> {
  const directory = await temporaryDirectory({ prefix: "hcd" });
  const server = await ScriptedHeadcount.start();
  const folder = directory.path;
  await makeScriptedAgent(folder);
  const config = testConfig(folder, server, changes);
  const paths = profilePaths(config.stateDirectory);
  await mkdir(paths.root, { recursive: true });
  await writeFile(paths.token, "hcd_test\n", { mode: 0o600 });
  const daemon = await startDaemon(config, () => {});
  const test: TestDaemon = {
    server,
    folder,
    paths,
    config,
    daemon,
    async [Symbol.asyncDispose]() {
      await test.daemon.stop("test ended", 0);
      await server[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
  await waitFor(() => server.hasRuntime("claude"), {
    timeoutMs: 40_000,
    describe: "the registration",
  });
  return test;
}
