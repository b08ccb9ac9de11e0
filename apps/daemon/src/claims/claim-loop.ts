import { randomUUID } from "node:crypto";
import { ApiError } from "@headcount/client/api-error";
import { backoffMs } from "@headcount/client/backoff";
import type { ApiClient } from "@headcount/client/make-client";
import { isTransient } from "@headcount/client/retry";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import { messageOf, type Log } from "../log.ts";
import type { WakeSignal } from "../wake-signal.ts";
import type { SlotPool } from "./slot-pool.ts";

export type ClaimLoopOptions = {
  readonly client: ApiClient;
  readonly slots: SlotPool;
  readonly wake: WakeSignal;
  readonly pollIntervalMs: number;
  readonly log: Log;
  readonly runtimeIds: () => readonly RuntimeId[];
  /** Why this machine takes no work at the moment; null when it does. */
  readonly machineProblem: () => string | null;
  /** Resolves when results of earlier runs have reached the server. */
  readonly endingsShown: (signal: AbortSignal) => Promise<void>;
  /** Starts a claimed task; the slot is released by whoever runs it. False: not taken on. */
  readonly dispatch: (task: ClaimedTask, slot: number) => boolean;
};

const mostPerClaim = 32;
const fullPausesMs = [2_000, 5_000] as const;
const outageBackoff = { baseMs: 1_000, maxMs: 30_000, jitter: 0.2 };

/** A claim whose outcome is unknown keeps its id and its slots until the server has answered it. */
type OpenClaim = {
  readonly claimId: string;
  readonly slots: readonly number[];
  readonly runtimeIds: readonly RuntimeId[];
};

type ClaimResult = "filled" | "nothing" | "outage";

/** Takes work for the free slots of this machine, for all its runtimes at once. */
export class ClaimLoop {
  readonly #options: ClaimLoopOptions;
  #open: OpenClaim | null = null;
  #failures = 0;
  #fullPauses = 0;

  constructor(options: ClaimLoopOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const pauseMs = await this.#step(signal);
        if (pauseMs > 0) await this.#options.wake.sleep(pauseMs, signal);
      }
    } finally {
      this.#abandon();
    }
  }

  /** One attempt; returns how long to sleep before the next. */
  async #step(signal: AbortSignal): Promise<number> {
    const { pollIntervalMs, endingsShown } = this.#options;
    await endingsShown(signal);
    if (signal.aborted) return 0;
    this.#open ??= this.#prepare();
    if (this.#open === null) return this.#pauseWithoutClaim();
    this.#fullPauses = 0;
    const result = await this.#claim(this.#open, signal);
    if (result === "filled") return 0;
    if (result === "nothing") return pollIntervalMs;
    this.#failures += 1;
    return backoffMs(outageBackoff, this.#failures - 1, Math.random());
  }

  #prepare(): OpenClaim | null {
    const { slots, machineProblem, runtimeIds } = this.#options;
    const hosted = runtimeIds();
    if (machineProblem() !== null || hosted.length === 0) return null;
    const reserved = slots.reserve(mostPerClaim);
    if (reserved.length === 0) return null;
    return { claimId: randomUUID(), slots: reserved, runtimeIds: hosted };
  }

  #pauseWithoutClaim(): number {
    if (this.#options.slots.free > 0) return this.#options.pollIntervalMs;
    this.#fullPauses += 1;
    return this.#fullPauses === 1 ? fullPausesMs[0] : fullPausesMs[1];
  }

  async #claim(claim: OpenClaim, signal: AbortSignal): Promise<ClaimResult> {
    const { client, log } = this.#options;
    try {
      const reply = await client.call(
        daemon.claim,
        { claimId: claim.claimId, runtimeIds: [...claim.runtimeIds], max: claim.slots.length },
        { signal, timeoutMs: 60_000 },
      );
      this.#failures = 0;
      this.#open = null;
      return this.#dispatch(claim, reply.tasks);
    } catch (error) {
      if (signal.aborted) return "outage";
      log("warn", "a claim was not answered", { error: messageOf(error), claimId: claim.claimId });
      if (isOutcomeUnknown(error)) return "outage";
      this.#abandon();
      return "outage";
    }
  }

  #dispatch(claim: OpenClaim, tasks: readonly ClaimedTask[]): ClaimResult {
    const left = [...claim.slots];
    for (const task of tasks) {
      const slot = left.shift();
      if (slot === undefined) {
        this.#options.log("error", "the server sent more tasks than slots were reserved", {
          claimId: claim.claimId,
        });
        break;
      }
      if (this.#options.dispatch(task, slot)) this.#options.slots.occupy(slot);
      else left.unshift(slot);
    }
    const isFilled = left.length === 0;
    this.#options.slots.returnUnused(left);
    return isFilled ? "filled" : "nothing";
  }

  #abandon(): void {
    if (this.#open === null) return;
    this.#options.slots.returnUnused(this.#open.slots);
    this.#open = null;
  }
}

/** After these the server may or may not have handed out tasks; repeating the id finds out. */
function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return isTransient(error) || error.status >= 500 || error.reason === "contract_mismatch";
}
