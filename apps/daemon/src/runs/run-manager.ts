import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask, HeldLease } from "@headcount/contract/daemon/schemas";
import type { SlotPool } from "../claims/slot-pool.ts";
import type { LeaseVerdict } from "../connection/heartbeat.ts";
import { messageOf } from "../log.ts";
import { leaseName } from "../outbox/outbox-entry.ts";
import { ActiveRun, type StopReason } from "./active-run.ts";
import { alsoMeasure } from "../changes/measure-run.ts";
import { checkOutRepository, type Checkout, type CheckoutPlace } from "./check-out-repositories.ts";
import { executeRun } from "./execute-run.ts";
import { NamedMutex } from "./mutex.ts";
import type { RunContext } from "./run-context.ts";
import type { RunDirectories } from "./run-directories.ts";

/** How long an agent that asks for a repository waits for others that use it. */
const checkoutWaitMs = 10_000;

export type RunManagerOptions = {
  readonly context: RunContext;
  readonly slots: SlotPool;
  /** Whether this machine still offers the runtime that a task was claimed for. */
  readonly hosts: (task: ClaimedTask) => boolean;
  /** Repositories of the task's workspace. */
  readonly repositoriesOf: (task: ClaimedTask) => readonly string[];
};

/** `reason` is one of `run.unknown`, `repository.unknown`. */
export class CheckoutRefused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.name = "CheckoutRefused";
    this.reason = reason;
  }
}

/** The tasks that this machine holds now. */
export class RunManager {
  readonly #options: RunManagerOptions;
  readonly #runs = new Map<string, ActiveRun>();
  readonly #ended = new Map<string, Promise<void>>();
  /** Checkouts that agents ask for, one after the other by the root of their run. */
  readonly #checkouts = new NamedMutex();
  #isStopping = false;

  constructor(options: RunManagerOptions) {
    this.#options = options;
  }

  /**
   * Starts a claimed task in a slot, which is released when it has ended. False when the slot is
   * not needed: the task is here already, or cannot be run here and goes back.
   */
  dispatch(task: ClaimedTask, slot: number): boolean {
    const name = leaseName(task);
    if (this.#runs.has(name)) return false;
    if (this.#isStopping || !this.#options.hosts(task)) {
      void this.#giveBack(task);
      return false;
    }
    // The server has handed this task out again: whatever runs under an older lease is not its run.
    for (const run of this.active) if (run.task.taskId === task.taskId) run.stop("lost");
    const run = new ActiveRun(task, slot);
    this.#runs.set(name, run);
    this.#ended.set(name, this.#follow(name, run));
    return true;
  }

  get active(): readonly ActiveRun[] {
    return [...this.#runs.values()];
  }

  heldLeases(): readonly HeldLease[] {
    return this.active.map((run) => run.heldLease());
  }

  holds(place: { readonly taskId: string; readonly lease: number }): boolean {
    return this.#runs.has(leaseName(place));
  }

  /**
   * Gives a running agent a checkout of its own of one more repository. The marker, which only the
   * run's processes know, says whose it is.
   *
   * @throws CheckoutRefused for an unknown marker or a repository that is not the workspace's
   * @throws LockBusy when others have the repository, or this run's folder, for longer than a while
   * @throws GitError
   */
  async checkOut(wanted: {
    readonly marker: string;
    readonly url: string;
    readonly ref: string | null;
  }): Promise<Checkout> {
    const run = this.active.find((one) => one.agentPlace?.marker === wanted.marker);
    if (run?.agentPlace === undefined || run.agentPlace === null) {
      throw new CheckoutRefused("run.unknown");
    }
    const own = run.task.repositories.map((repository) => repository.url);
    const allowed = [...own, ...this.#options.repositoriesOf(run.task)];
    if (!allowed.includes(wanted.url)) throw new CheckoutRefused("repository.unknown");
    const { directories } = run.agentPlace;
    const waiting = { waitMs: checkoutWaitMs, signal: run.stopSignal };
    const checkout = await this.#checkouts.runWithin(directories.root, waiting, () =>
      checkOutRepository(this.#placeOf(run, directories), { ...wanted, where: "inside" }),
    );
    await alsoMeasure(run.changes, checkout.directory, this.#options.context.log);
    return checkout;
  }

  #placeOf({ task, stopSignal }: ActiveRun, directories: RunDirectories): CheckoutPlace {
    const { repositories, findCli } = this.#options.context;
    const gitData = findCli(task.cli)?.spec.context.gitData;
    const waitMs = checkoutWaitMs;
    return { repositories, task, directories, gitData, signal: stopSignal, waitMs };
  }

  onLease(verdict: LeaseVerdict): void {
    const reason = verdict.state === "stop" ? verdict.reason : verdict.state;
    this.#runs.get(leaseName(verdict))?.stop(reason);
  }

  /**
   * Takes nothing on any more, lets running tasks go on for a while, then ends them.
   * Resolves when all ends are in the outbox.
   */
  async stop(graceMs: number, reason: StopReason = "shutdown"): Promise<void> {
    this.#isStopping = true;
    const timer = setTimeout(() => this.#stopAll(reason), graceMs);
    await this.idle();
    clearTimeout(timer);
  }

  /** Resolves when no task is held any more. */
  async idle(): Promise<void> {
    while (this.#ended.size > 0) await Promise.all(this.#ended.values());
  }

  #stopAll(reason: StopReason): void {
    for (const run of this.active) run.stop(reason);
  }

  async #follow(name: string, run: ActiveRun): Promise<void> {
    const { context, slots } = this.#options;
    const { taskId, lease, cli } = run.task;
    context.log("info", "run taken on", { taskId, lease, cli, issue: run.task.issue.key });
    await executeRun(context, run);
    context.log("info", "run ended", { taskId, lease, stopReason: run.stopReason });
    this.#runs.delete(name);
    this.#ended.delete(name);
    slots.release([run.slot]);
  }

  async #giveBack({ taskId, workspaceId, lease }: ClaimedTask): Promise<void> {
    const { client, log } = this.#options.context;
    const reason = this.#isStopping ? "daemon_stopped" : "runtime_offline";
    try {
      await client.call(daemon.giveBack, { taskId, workspaceId, lease, reason });
    } catch (error) {
      log("warn", "a task could not be given back", { taskId, error: messageOf(error) });
    }
  }
}
