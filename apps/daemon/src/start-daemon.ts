import { mkdir, rm } from "node:fs/promises";
import { daemon } from "@headcount/contract/daemon/routes";
import {
  acquireDirectoryLock,
  type DirectoryLock,
} from "@headcount/embedded-postgres/directory-lock";
import { makeDirectory } from "@headcount/embedded-postgres/make-directory";
import type { DaemonStatus } from "./control/control-protocol.ts";
import { runControlServer } from "./control/control-server.ts";
import { makeParts } from "./daemon-parts.ts";
import { claimsService, connectionService, upkeepService } from "./daemon-services.ts";
import { describeDaemon, type DescribedDaemon } from "./describe-daemon.ts";
import { measureGarbage } from "./gc/measure-garbage.ts";
import { makeLog, messageOf, type Log } from "./log.ts";
import { makeCommandFolder } from "./runs/command-folder.ts";
import { reconcileLocally } from "./runs/reconcile.ts";
import { superviseServices } from "./services.ts";
import type { DaemonConfig } from "./state/daemon-config.ts";
import { readDaemonIdentity } from "./state/daemon-identity.ts";
import { lockProfile } from "./state/daemon-lock.ts";
import { writeLifeRecord } from "./state/life-record.ts";
import { removeTree } from "./state/remove-tree.ts";
import { temporaryLockOf } from "./state/temporary-lock.ts";
import { profilePaths, type ProfilePaths } from "./state/profile-paths.ts";

export type RunningDaemon = AsyncDisposable & {
  status(): DaemonStatus;
  /**
   * Takes no more work, gives running tasks `graceMs` (30 s unless stated), ends the rest, reports
   * and says goodbye to the server. Calling it again waits for the same end, and running tasks keep
   * the shorter of both graces.
   */
  stop(reason: string, graceMs?: number): Promise<void>;
  /** Resolves with the reason once it has ended, whoever asked for it. */
  readonly ended: Promise<string>;
};

const defaultGraceMs = 30_000;
const farewellMs = 3_000;

/**
 * Starts the daemon of a profile: first what the one before it left behind is cleaned up, then it
 * registers, beats and takes work.
 *
 * @throws DaemonRunningError when the profile has a living daemon
 * @throws Error without a machine token and without a way to get one
 */
export async function startDaemon(
  config: DaemonConfig,
  log: Log = makeLog((line) => process.stderr.write(line)),
): Promise<RunningDaemon> {
  const paths = profilePaths(config.stateDirectory);
  makeDirectory(paths.root);
  const lock = await lockProfile(paths.lockDirectory);
  try {
    const { deviceName, environment } = config;
    const identity = await readDaemonIdentity({ paths, deviceName, environment });
    const parts = await makeParts({ config, paths, identity, log });
    await parts.credentials.load();
    if (!parts.credentials.isObtainable) {
      throw new Error("This machine is not enrolled: run `headcount setup` first.");
    }
    const daemonOfProfile = new Daemon({ config, paths, identity, parts, log });
    await daemonOfProfile.prepare();
    daemonOfProfile.start(() => lock.release());
    return daemonOfProfile;
  } catch (error) {
    lock.release();
    throw error;
  }
}

type DaemonOptions = DescribedDaemon & { readonly paths: ProfilePaths; readonly log: Log };

class Daemon implements RunningDaemon {
  readonly #options: DaemonOptions;
  readonly #startedAt = new Date().toISOString();
  /** Wave one takes on new work; wave two talks to the server and to people. */
  readonly #stopTakingWork = new AbortController();
  readonly #stopTalking = new AbortController();
  readonly #ended = Promise.withResolvers<string>();
  #services: Promise<unknown> = Promise.resolve();
  #stopping: Promise<void> | null = null;
  #release: () => void = () => {};
  /** Says that the temporary folders have a living daemon. */
  #temporary: DirectoryLock | null = null;

  constructor(options: DaemonOptions) {
    this.#options = options;
  }

  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  /** Everything that must be true before the first heartbeat. Nothing in it waits for the server. */
  async prepare(): Promise<void> {
    const { paths, config, parts } = this.#options;
    await writeLifeRecord(paths.lifeRecord, this.#life(null));
    await makeCommandFolder(paths.bin);
    await mkdir(config.workRoot, { recursive: true, mode: 0o700 });
    await reconcileLocally(parts.context);
    await this.#clearTemporary();
    this.#temporary = await acquireDirectoryLock(temporaryLockOf(paths.temporary), {
      role: "Headcount daemon",
    });
    await parts.disk.look();
  }

  start(release: () => void): void {
    const { config, parts, log, paths } = this.#options;
    this.#release = release;
    const control = {
      socketPath: paths.socket,
      status: () => this.status(),
      onStop: (reason: string) => void this.stop(reason),
      diskUsage: () => measureGarbage(parts.garbage),
      checkOut: (wanted: Parameters<typeof parts.runs.checkOut>[0]) => parts.runs.checkOut(wanted),
      onRefresh() {
        parts.detection.refresh();
        parts.registration.refresh();
      },
    };
    const talking = superviseServices(
      [
        { name: "control", run: (signal) => runControlServer(control, signal) },
        connectionService(parts, log),
      ],
      this.#stopTalking.signal,
      log,
    );
    const working = superviseServices(
      [claimsService(parts, log), upkeepService(parts)],
      this.#stopTakingWork.signal,
      log,
    );
    this.#services = Promise.all([talking, working]);
    log("info", "daemon started", { pid: process.pid, serverUrl: config.serverUrl });
  }

  stop(reason: string, graceMs: number = defaultGraceMs): Promise<void> {
    if (this.#stopping === null) this.#stopping = this.#stop(reason, graceMs);
    else void this.#options.parts.runs.stop(graceMs);
    return this.#stopping;
  }

  async #stop(reason: string, graceMs: number): Promise<void> {
    const { parts, log, paths } = this.#options;
    log("info", "daemon stops", { reason });
    this.#stopTakingWork.abort();
    await parts.runs.stop(graceMs);
    const farewell = AbortSignal.timeout(farewellMs);
    await parts.delivery.drain(farewell);
    await this.#sayGoodbye(reason, farewell);
    this.#stopTalking.abort();
    await this.#services;
    await parts.outbox.release();
    await rm(paths.socket, { force: true });
    await writeLifeRecord(paths.lifeRecord, this.#life(reason));
    // Before its lock is free: whoever finds a base without a living daemon may clean it up, too.
    await this.#clearTemporary();
    this.#temporary?.release();
    this.#release();
    this.#ended.resolve(reason);
  }

  /** What belongs to somebody else, a container's root for one, keeps no daemon from its start or end. */
  async #clearTemporary(): Promise<void> {
    const { paths, log } = this.#options;
    try {
      await removeTree(paths.temporary);
    } catch (error) {
      log("warn", "temporary files were left behind", { error: messageOf(error) });
    }
  }

  /** Without an answer the server notices by the silence. */
  async #sayGoodbye(reason: string, signal: AbortSignal): Promise<void> {
    const { parts, log } = this.#options;
    if (parts.credentials.token === null) return;
    try {
      const options = { signal, timeoutMs: farewellMs };
      await parts.client.call(daemon.deregister, { reason: reason.slice(0, 200) }, options);
    } catch (error) {
      log("debug", "the server was not told about the end", { error: messageOf(error) });
    }
  }

  status(): DaemonStatus {
    return describeDaemon(this.#options, { startedAt: this.#startedAt, phase: this.#phase() });
  }

  #phase(): DaemonStatus["phase"] {
    if (this.#stopping !== null) return "stopping";
    if (this.#options.parts.credentials.token === null) return "waiting_for_enrolment";
    return this.#options.parts.registration.isSynced ? "running" : "starting";
  }

  #life(stopReason: string | null): Parameters<typeof writeLifeRecord>[1] {
    const stoppedAt = stopReason === null ? null : new Date().toISOString();
    return { pid: process.pid, startedAt: this.#startedAt, stoppedAt, stopReason };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("disposed", 0);
  }
}
