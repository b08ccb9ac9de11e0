import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { HeartbeatReply, HeldLease, MachineRequest } from "@headcount/contract/daemon/schemas";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { LimitStop } from "@headcount/contract/tasks/states";
import { messageOf, type Log } from "../log.ts";
import type { OutboxFigures } from "../outbox/outbox.ts";
import { WakeSignal } from "../wake-signal.ts";

type LeaseAnswer = HeartbeatReply["leases"][number];

/** What the server wants of a lease that is not simply to go on. */
export type LeaseVerdict =
  | { readonly taskId: string; readonly lease: number; readonly state: "lost" | "cancel" }
  | {
      readonly taskId: string;
      readonly lease: number;
      readonly state: "stop";
      readonly reason: LimitStop;
    };

/** What a heartbeat says; read at the moment of each beat and never waited for. */
export type MachineState = {
  readonly runtimeIds: readonly RuntimeId[];
  readonly leases: readonly HeldLease[];
  readonly slots: { readonly total: number; readonly free: number };
  readonly outbox: OutboxFigures;
  readonly machineProblem: string | null;
};

export type HeartbeatOptions = {
  readonly client: ApiClient;
  readonly state: () => MachineState;
  readonly onLease: (verdict: LeaseVerdict) => void;
  readonly onRuntimeGone: (id: RuntimeId) => void;
  readonly onMembershipVersion: (version: string) => void;
  /** Somebody wants something of this machine beside its tasks; not waited for. */
  readonly onRequest: (request: MachineRequest) => void;
  /** The server answers again after it did not. */
  readonly onReconnected: () => void;
  readonly log: Log;
  readonly intervalMs: number;
};

const answerMs = 10_000;
const clockToleranceMs = 60_000;

/** Shows the server that this machine lives. Nothing else runs in its loop, so nothing delays it. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #wake = new WakeSignal();
  #isConnected = false;
  #clockOffsetMs = 0;
  /** The exchange that somebody waits for, and the one that comes after it. */
  #checking: Promise<unknown> = Promise.resolve();
  #nextCheck: Promise<unknown> | null = null;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** How far the server's clock is ahead of this machine's. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  /** Beats at once instead of at the end of the interval. */
  beatNow(): void {
    this.#wake.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.beat(signal);
      await this.#wake.sleep(this.#options.intervalMs, signal);
    }
  }

  /**
   * Resolves when an exchange that begins after this call is over, or the signal has fired. Whoever
   * asks while one is on its way shares the next: each tells of all leases, and many runs may end
   * at once.
   */
  async check(signal: AbortSignal): Promise<void> {
    this.#nextCheck ??= this.#checking.then(() => {
      this.#nextCheck = null;
      this.#checking = this.beat(new AbortController().signal);
      return this.#checking;
    });
    const patience = Promise.withResolvers<void>();
    const giveUp = (): void => patience.resolve();
    signal.addEventListener("abort", giveUp, { once: true });
    if (signal.aborted) giveUp();
    await Promise.race([this.#nextCheck, patience.promise]);
    signal.removeEventListener("abort", giveUp);
  }

  /** One exchange. Returns whether the server answered. */
  async beat(signal: AbortSignal): Promise<boolean> {
    const { client, state, log } = this.#options;
    const sent = state();
    try {
      const reply = await client.call(
        daemon.heartbeat,
        {
          runtimeIds: [...sent.runtimeIds],
          leases: [...sent.leases],
          slots: sent.slots,
          outbox: sent.outbox,
          machineProblem: sent.machineProblem,
        },
        { signal, timeoutMs: answerMs },
      );
      this.#noteServerTime(reply.serverTime);
      this.#apply(reply);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (this.#isConnected) log("warn", "the server does not answer", { error: messageOf(error) });
      this.#isConnected = false;
      return false;
    }
  }

  /** Times on records are durations, so a wrong clock harms nothing; people should know of it. */
  #noteServerTime(serverTime: string): void {
    const before = this.#clockOffsetMs;
    this.#clockOffsetMs = Date.parse(serverTime) - Date.now();
    const isWrong = Math.abs(this.#clockOffsetMs) > clockToleranceMs;
    if (!isWrong || Math.abs(before) > clockToleranceMs) return;
    this.#options.log("warn", "this machine's clock differs from the server's; set it by NTP", {
      offsetMs: this.#clockOffsetMs,
    });
  }

  #apply(reply: {
    readonly runtimes: readonly { readonly id: RuntimeId; readonly state: "ok" | "gone" }[];
    readonly leases: readonly LeaseAnswer[];
    readonly requests: readonly (MachineRequest | null)[];
    readonly membershipVersion: string;
  }): void {
    const { onRequest, onLease, onRuntimeGone, onMembershipVersion, onReconnected } = this.#options;
    for (const answer of reply.leases) {
      const { taskId, lease, state } = answer;
      if (state === "stop") onLease(answer);
      else if (state !== "ok") onLease({ taskId, lease, state });
    }
    for (const { id, state } of reply.runtimes) if (state === "gone") onRuntimeGone(id);
    for (const request of reply.requests) if (request !== null) onRequest(request);
    onMembershipVersion(reply.membershipVersion);
    if (this.#isConnected) return;
    this.#isConnected = true;
    onReconnected();
  }
}
