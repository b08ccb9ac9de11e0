import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, open, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { daemonNodeFlags } from "@headcount/client/daemon-node-flags";
import type { PersonalTokenId, UserId } from "@headcount/contract/kit/ids";
import { followAdoptedDaemon } from "./adopted-daemon.ts";
import type { App, Service } from "./app.ts";
import { randomSecret } from "./platform/secrets.ts";
import { insertPersonalToken } from "./users/store.ts";
import { pause } from "./platform/pause.ts";

export type LocalDaemonOptions = {
  readonly app: App;
  /** Where the daemon of this server keeps its state. */
  readonly stateDirectory: string;
  readonly serverUrl: () => string;
};

const daemonEntry = fileURLToPath(new URL("../../daemon/src/main.ts", import.meta.url));
const enrolTokenLifeMs = 24 * 3_600_000;
const stopGraceMs = 8_000;
/** What the daemon's program exits with when another daemon holds its state directory. */
const alreadyRunningExitCode = 75;
const lookAgainMs = 5_000;

/**
 * Keeps a daemon on this machine as a child process. A daemon that outlived a killed server is
 * adopted: it reconnects by itself, and ends with this server.
 */
export function localDaemonService(options: LocalDaemonOptions): Service {
  return {
    name: "local daemon",
    async run(stop) {
      await mkdir(options.stateDirectory, { recursive: true, mode: 0o700 });
      const offer = offerEnrolment(options, stop);
      while (!stop.aborted) {
        const exitCode = await runChild(options, stop);
        if (exitCode === alreadyRunningExitCode || stop.aborted) {
          await followAdoptedDaemon(options.stateDirectory, stop, stopGraceMs);
        } else {
          options.app.services.log.warn({ exitCode }, "the local daemon ended; starting it again");
        }
        await pause(lookAgainMs, stop);
      }
      await offer;
    },
  };
}

async function runChild(options: LocalDaemonOptions, stop: AbortSignal): Promise<number | null> {
  const log = await open(path.join(options.stateDirectory, "daemon.log"), "a", 0o600);
  const child = spawn(process.execPath, [...daemonNodeFlags, daemonEntry], {
    env: {
      ...withoutHeadcountVariables(process.env),
      HEADCOUNT_SERVER_URL: options.serverUrl(),
      HEADCOUNT_STATE_DIR: options.stateDirectory,
      HEADCOUNT_ENROL_TOKEN_FILE: enrolTokenFile(options.stateDirectory),
      HEADCOUNT_LOCAL: "1",
      ...daemonSettings(process.env),
    },
    stdio: ["ignore", log.fd, log.fd],
    // Ctrl-C reaches the server first, which then stops its daemon in order.
    detached: true,
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
    child.once("error", () => resolve(null));
  });
  const onStop = (): void => void stopChild(child);
  stop.addEventListener("abort", onStop, { once: true });
  if (stop.aborted) onStop();
  const code = await exited;
  stop.removeEventListener("abort", onStop);
  await log.close();
  return code;
}

async function stopChild(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
  clearTimeout(timer);
}

/** Settings that people give the local daemon through the server's environment. */
function daemonSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(
    ([name, value]) =>
      value !== undefined &&
      (/^HEADCOUNT_(WORK_ROOT|POLL_INTERVAL|MAX_TASKS|IDLE_TIMEOUT|TOOL_TIMEOUT|TASK_TIMEOUT|OUTBOX_MAX|DEVICE_NAME|TUTORIAL_PACE_MS)$/.test(
        name,
      ) ||
        name.startsWith("HEADCOUNT_GC_") ||
        /^HEADCOUNT_[A-Z0-9_]+_(PATH|MODEL|ARGS)$/.test(name)),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function withoutHeadcountVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.startsWith("HEADCOUNT_") && name !== "DATABASE_URL",
    ),
  );
}

function enrolTokenFile(stateDirectory: string): string {
  return path.join(stateDirectory, "enrol-token");
}

/**
 * Once somebody owns the installation and has a workspace, leaves a short-lived personal token in a
 * file that only this user can read; the daemon trades it for a machine token and deletes it.
 */
async function offerEnrolment(options: LocalDaemonOptions, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    if (existsSync(path.join(options.stateDirectory, "daemon-token"))) return;
    const ownerId = existsSync(enrolTokenFile(options.stateDirectory))
      ? null
      : await findReadyOwner(options.app);
    if (ownerId) await writeEnrolToken(options, ownerId);
    await waitForOwner(options.app, stop);
  }
}

/** The first administrator, once there is a workspace for the daemon to serve. */
async function findReadyOwner(app: App): Promise<UserId | null> {
  const [row] = await app.database.pool<{ id: UserId }[]>`
    select id from users
    where is_instance_admin and disabled_at is null
      and exists (select 1 from workspace_slugs where deleted_at is null)
    order by created_at limit 1`;
  return row?.id ?? null;
}

async function writeEnrolToken(options: LocalDaemonOptions, ownerId: UserId): Promise<void> {
  const { services, database } = options.app;
  const value = `hcp_${randomSecret()}`;
  const now = services.now();
  await insertPersonalToken(database.pool, {
    id: services.newId<PersonalTokenId>(),
    userId: ownerId,
    name: "Enrolment of this server's own daemon",
    prefix: value.slice(0, 12),
    secretHash: services.secrets.hash(value),
    createdAt: now,
    expiresAt: new Date(now.getTime() + enrolTokenLifeMs),
  });
  const file = enrolTokenFile(options.stateDirectory);
  await writeFile(`${file}.new`, value, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** A new workspace rings; looking now and then covers what another process did. */
function waitForOwner(app: App, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      off();
      stop.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, lookAgainMs);
    const off = app.signals.on((signal) => {
      if (signal.topic === "daemon-owner") finish();
    });
    stop.addEventListener("abort", finish);
    if (stop.aborted) finish();
  });
}
