import { driverOf } from "@headcount/agent-drivers/drivers/driver-of";
import { makeClient, type ApiClient } from "@headcount/client/make-client";
import type { DaemonIdentity } from "@headcount/contract/daemon/schemas";
import { ClaimLoop } from "./claims/claim-loop.ts";
import { SlotPool } from "./claims/slot-pool.ts";
import { answerRequest } from "./connection/answer-request.ts";
import { Credentials } from "./connection/credentials.ts";
import { Heartbeat } from "./connection/heartbeat.ts";
import { Registration } from "./connection/registration.ts";
import { RuntimeRegistry } from "./connection/runtime-registry.ts";
import { WakeSocket } from "./connection/wake-socket.ts";
import type { GarbageOptions } from "./gc/garbage.ts";
import { answerDirectoryCheck } from "./local-directory/answer-directory-check.ts";
import type { Log } from "./log.ts";
import { messageOf } from "./log.ts";
import { CliDetection } from "./machine/cli-detection.ts";
import { DiskWatch } from "./machine/disk-watch.ts";
import { MachineInspections } from "./machine/machine-inspections.ts";
import { SessionScan } from "./machine/session-scan.ts";
import { Delivery } from "./outbox/delivery.ts";
import { Outbox } from "./outbox/outbox.ts";
import { DirectoryLocks } from "./runs/directory-locks.ts";
import { ownFolders } from "./runs/local-run.ts";
import { NamedMutex } from "./runs/mutex.ts";
import { RepositoryCache } from "./runs/repository-cache.ts";
import type { RunContext } from "./runs/run-context.ts";
import { temporaryName } from "./runs/run-directories.ts";
import { RunJournal } from "./runs/run-journal.ts";
import { RunManager } from "./runs/run-manager.ts";
import { BundleCache } from "./skills/bundle-cache.ts";
import type { DaemonConfig } from "./state/daemon-config.ts";
import type { ProfilePaths } from "./state/profile-paths.ts";
import { WakeSignal } from "./wake-signal.ts";

/** Everything a daemon consists of, wired together; nothing of it runs yet. */
export type DaemonParts = {
  readonly client: ApiClient;
  readonly credentials: Credentials;
  readonly registry: RuntimeRegistry;
  readonly registration: Registration;
  readonly heartbeat: Heartbeat;
  readonly wakeSocket: WakeSocket;
  readonly slots: SlotPool;
  readonly claims: ClaimLoop;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly journal: RunJournal;
  readonly runs: RunManager;
  readonly context: RunContext;
  readonly detection: CliDetection;
  readonly disk: DiskWatch;
  readonly sessionScan: SessionScan;
  readonly garbage: GarbageOptions;
  readonly inspections: MachineInspections;
};

export type PartsOptions = {
  readonly config: DaemonConfig;
  readonly paths: ProfilePaths;
  readonly identity: DaemonIdentity;
  readonly log: Log;
};

export async function makeParts({
  config,
  paths,
  identity,
  log,
}: PartsOptions): Promise<DaemonParts> {
  const { serverUrl } = config;
  const disk = new DiskWatch([paths.outbox, config.workRoot], config.minimumFreeBytes);
  const outbox = await Outbox.open(paths.outbox, {
    maxBytes: config.outboxMaxBytes,
    onDiskError(error) {
      log("error", "the outbox cannot be written", { error: messageOf(error) });
      disk.onWriteFailed(error);
    },
  });
  const journal = await RunJournal.open(paths.journal);
  const credentials = new Credentials({
    serverUrl,
    tokenFile: paths.token,
    enrolTokenFile: config.enrolTokenFile,
    identity,
    log,
  });
  const client = makeClient({
    baseUrl: serverUrl,
    token: () => credentials.token,
    clientName: "daemon",
  });
  const registry = new RuntimeRegistry();
  const claimWake = new WakeSignal();
  const slots = new SlotPool(config.slots, () => claimWake.ring());
  const slotFigures = (): { total: number; free: number } => ({
    total: slots.total,
    free: slots.idle,
  });
  const delivery = new Delivery({ outbox, client, log });
  const detection = new CliDetection({
    settings: config.clis,
    environment: config.environment,
    onChanged() {
      registration.refresh();
      inspections.refresh();
    },
  });
  const inspections = new MachineInspections({
    clis: () => detection.clis,
    environment: config.environment,
    file: paths.inspections,
    onChanged: () => registration.refresh(),
    log,
  });
  const sessionScan = new SessionScan({
    environment: config.environment,
    onChanged: () => registration.refresh(),
    log,
  });
  const registration = new Registration({
    client,
    credentials,
    registry,
    identity,
    runtimes: () => inspections.describe(sessionScan.describe(detection.registrations())),
    slots: slotFigures,
    onRegistered() {
      heartbeat.beatNow();
      claimWake.ring();
    },
    log,
  });
  const heartbeat = new Heartbeat({
    client,
    state: () => ({
      runtimeIds: registry.runtimes.map((runtime) => runtime.id),
      leases: runs.heldLeases(),
      slots: slotFigures(),
      outbox: outbox.figures,
      machineProblem: disk.problem,
    }),
    onLease: (verdict) => runs.onLease(verdict),
    onRuntimeGone(id) {
      const workspaceId = registry.drop(id);
      if (workspaceId !== null) registration.onGone(workspaceId);
    },
    onRequest(request) {
      void answerRequest({ client, registry, detection, inspections, log }, request);
    },
    onMembershipVersion: (version) => registration.onMembershipVersion(version),
    onReconnected() {
      delivery.wake();
      registration.refresh();
      claimWake.ring();
    },
    intervalMs: config.heartbeatIntervalMs,
    log,
  });
  const context: RunContext = {
    config,
    paths,
    client,
    outbox,
    journal,
    locks: new DirectoryLocks(),
    repositories: new RepositoryCache(paths.repositories),
    bundles: new BundleCache(client, paths.skills),
    worktrees: new NamedMutex(),
    log,
    findCli: (cli) => detection.findUsable(cli),
    startAgent: (spec, options, sink) => driverOf(spec)(spec, options, sink),
    checkLeases: (signal) => heartbeat.check(signal),
  };
  const runs = new RunManager({
    context,
    slots,
    hosts: (task) =>
      registry.find(task.runtimeId) !== undefined && detection.findUsable(task.cli) !== undefined,
    repositoriesOf: (task) => registry.repositoriesOf(task.workspaceId),
  });
  const claims = new ClaimLoop({
    client,
    slots,
    wake: claimWake,
    pollIntervalMs: config.pollIntervalMs,
    log,
    runtimeIds: () => registry.runtimes.map((runtime) => runtime.id),
    machineProblem: () => disk.problem,
    endingsShown: (signal) => delivery.endingsShown(signal),
    dispatch: (task, slot) => runs.dispatch(task, slot),
  });
  const wakeSocket = new WakeSocket({
    serverUrl,
    token: () => credentials.token,
    onHint(hint) {
      if (hint.type === "work") claimWake.ring();
      if (hint.type === "request") heartbeat.beatNow();
      if (hint.type === "membership") registration.refresh();
      if (hint.type === "cancel") runs.onLease({ ...hint, state: "cancel" });
      if (hint.type === "stop") runs.onLease({ ...hint, state: "stop" });
      if (hint.type === "check_directory") {
        void answerDirectoryCheck({ client, own: ownFolders(context), log }, hint);
      }
    },
    onConnected() {
      heartbeat.beatNow();
      delivery.wake();
      claimWake.ring();
    },
    log,
  });
  const garbage: GarbageOptions = {
    workRoot: config.workRoot,
    temporary: paths.temporary,
    client,
    outbox,
    locks: context.locks,
    repositories: context.repositories,
    worktrees: context.worktrees,
    temporaryInUse: () => runs.active.map(({ task }) => temporaryName(task)),
    nowMs: () => Date.now(),
    log,
  };
  return {
    client,
    credentials,
    registry,
    registration,
    heartbeat,
    wakeSocket,
    slots,
    claims,
    outbox,
    delivery,
    journal,
    runs,
    context,
    detection,
    disk,
    sessionScan,
    garbage,
    inspections,
  };
}
