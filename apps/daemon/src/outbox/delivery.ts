import { ApiError } from "@headcount/client/api-error";
import { backoffMs } from "@headcount/client/backoff";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { messageOf, type Log } from "../log.ts";
import { pause } from "../pause.ts";
import { WakeSignal } from "../wake-signal.ts";
import type { LeaseJournal } from "./lease-journal.ts";
import type { Outbox } from "./outbox.ts";
import { leaseName, type LeaseKey } from "./outbox-entry.ts";

/** The server takes up to a thousand at once. */
const batchLimits = { records: 1_000, bytes: 8 * 1024 * 1024 };
const retryBackoff = { baseMs: 1_000, maxMs: 5 * 60_000, jitter: 0.2 };
const maxAgeMs = 14 * 24 * 3_600_000;
/**
 * How long this daemon itself must have tried before anything is too old: a machine that was off
 * for weeks, or whose clock was wrong, still gets its records to the server.
 */
const triedMs = 3_600_000;
const idleMs = 60_000;
/**
 * After a round that took long the next one waits as long, so that it brings more at once; not after
 * a full one, which has left something behind.
 */
const longestBreathMs = 100;

export type DeliveryOptions = {
  readonly outbox: Outbox;
  readonly client: ApiClient;
  readonly log: Log;
  /** Milliseconds on a clock that nobody sets; for how long deliveries have failed. */
  readonly elapsedMs?: () => number;
};

type Share = { readonly journal: LeaseJournal; readonly records: number; readonly bytes: number };
type TakenRecords = { readonly journal: LeaseJournal; readonly records: readonly OutboxRecord[] };

type RoundResult = "empty" | "progress" | "full" | "later" | "unreachable";

/** Brings the outbox to the server, one batch at a time. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #wake = new WakeSignal();
  /** Endings that the server has seen and wants again later; they hold no claim back any more. */
  readonly #postponed = new Set<string>();
  readonly #roundListeners = new Set<() => void>();
  #failures = 0;
  /** Since when nothing has arrived; null while the server takes records. */
  #failingSinceMs: number | null = null;
  #batchRecords = batchLimits.records;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    options.outbox.onWritten(() => {
      if (this.#failures === 0) this.#wake.ring();
    });
  }

  /** Tries again at once, e.g. because the server has just answered something else. */
  wake(): void {
    this.#wake.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const startedAtMs = this.#elapsedMs();
      const result = await this.#round(signal);
      for (const listener of this.#roundListeners) listener();
      if (result === "full") continue;
      if (result !== "progress") await this.#wake.sleep(this.#pauseMs(result), signal);
      else await pause(Math.min(this.#elapsedMs() - startedAtMs, longestBreathMs), signal);
    }
  }

  #elapsedMs(): number {
    return (this.#options.elapsedMs ?? (() => performance.now()))();
  }

  #pauseMs(result: RoundResult): number {
    if (result === "empty") return idleMs;
    return backoffMs(retryBackoff, this.#failures - 1, Math.random());
  }

  /**
   * Resolves when every ending of a task that was waiting has been shown to the server, so that a
   * claim cannot overtake the result of the run before it.
   */
  async endingsShown(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#hasUnshownEnding()) {
      const round = this.#nextRound(signal);
      // While the server is away, the pauses between attempts hold for whoever waits here, too.
      if (this.#failures === 0) this.#wake.ring();
      await round;
    }
  }

  /** Delivers what there is until it is empty, the server is away or the signal fires. */
  async drain(signal: AbortSignal): Promise<void> {
    for (let isGettingOn = true; isGettingOn && !signal.aborted;) {
      const result = await this.#round(signal);
      isGettingOn = result === "progress" || result === "full";
    }
  }

  #hasUnshownEnding(): boolean {
    return this.#options.outbox.journals().some(({ pendingEnding, key }) => {
      return (
        pendingEnding !== null &&
        !this.#postponed.has(recordName({ ...key, sequence: pendingEnding }))
      );
    });
  }

  #nextRound(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.#roundListeners.delete(end);
        signal.removeEventListener("abort", end);
        resolve();
      };
      this.#roundListeners.add(end);
      signal.addEventListener("abort", end);
    });
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    const records = await this.#nextBatch();
    if (records.length === 0) return "empty";
    try {
      const reply = await this.#options.client.call(
        daemon.outbox,
        { records },
        { signal, timeoutMs: 60_000 },
      );
      return await this.#applyAcknowledgements(records, reply.acknowledgements);
    } catch (error) {
      if (signal.aborted) return "unreachable";
      return await this.#onRefusedBatch(records, error);
    }
  }

  async #nextBatch(): Promise<OutboxRecord[]> {
    const batch: OutboxRecord[] = [];
    // At the same time: each waits until what its lease is writing just now is on the disk.
    const taken = await Promise.all(this.#shares().map((share) => this.#take(share)));
    for (const { journal, records } of taken) {
      for (const { sequence, kind } of journal.takeDamaged()) {
        await this.#giveUp({ ...journal.key, sequence, kind }, "damaged");
      }
      for (const record of records) {
        if (this.#isExpired(record)) await this.#giveUp(record, "expired");
        else batch.push(record);
      }
    }
    return batch;
  }

  /** What each lease may bring along, those first that free slots or have waited longest. */
  #shares(): readonly Share[] {
    const shares: Share[] = [];
    const left = { records: this.#batchRecords, bytes: batchLimits.bytes };
    for (const journal of this.#options.outbox.journals()) {
      if (left.records <= 0 || left.bytes <= 0) break;
      const share = journal.ready(left);
      if (share.records === 0) continue;
      left.records -= share.records;
      left.bytes -= share.bytes;
      shares.push({ journal, ...share });
    }
    return shares;
  }

  /** Too old, and not for want of trying. */
  #isExpired(record: OutboxRecord): boolean {
    if (record.ageMs <= maxAgeMs) return false;
    const since = this.#failingSinceMs;
    const hasTried = since !== null && this.#elapsedMs() - since >= triedMs;
    return hasTried || this.#postponed.has(recordName(record));
  }

  /** A lease that cannot be read holds up its own task only. */
  async #take({ journal, ...limits }: Share): Promise<TakenRecords> {
    try {
      return { journal, records: await journal.take(limits) };
    } catch (error) {
      const { taskId } = journal.key;
      this.#options.log("error", "records cannot be read", { taskId, error: messageOf(error) });
      return { journal, records: [] };
    }
  }

  async #applyAcknowledgements(
    records: readonly OutboxRecord[],
    acknowledgements: readonly RecordAcknowledgement[],
  ): Promise<RoundResult> {
    const answers = new Map(acknowledgements.map((answer) => [recordName(answer), answer]));
    const settled = new Map<string, OutboxRecord[]>();
    let kept = 0;
    for (const record of records) {
      const answer = answers.get(recordName(record));
      if (answer === undefined || answer.result === "retry") {
        kept += 1;
        this.#postponed.add(recordName(record));
      } else if (answer.result === "rejected") {
        await this.#giveUp(record, answer.reason ?? "rejected");
      } else {
        const name = leaseName(record);
        const group = settled.get(name);
        if (group === undefined) settled.set(name, [record]);
        else group.push(record);
      }
    }
    await Promise.all([...settled.values()].map((group) => this.#settle(group)));
    this.#failures = kept === 0 ? 0 : this.#failures + 1;
    this.#failingSinceMs = null;
    this.#batchRecords = batchLimits.records;
    if (kept === records.length) return "later";
    return kept === 0 && records.length >= batchLimits.records ? "full" : "progress";
  }

  async #settle(group: readonly OutboxRecord[]): Promise<void> {
    const [first] = group;
    if (first === undefined) return;
    for (const record of group) this.#postponed.delete(recordName(record));
    await this.#options.outbox.settle(
      first,
      group.map((record) => record.sequence),
    );
  }

  /** Takes a record out of the way for good; `headcount daemon outbox` shows it. */
  async #giveUp(
    record: LeaseKey & Pick<OutboxRecord, "sequence" | "kind">,
    reason: string,
  ): Promise<void> {
    const { taskId, lease, sequence, kind } = record;
    this.#options.log("warn", "a record was given up", { taskId, lease, sequence, kind, reason });
    this.#postponed.delete(recordName(record));
    await this.#options.outbox.reject(record, reason);
  }

  /** A batch that is refused as a whole is halved until the one bad record stands alone. */
  async #onRefusedBatch(records: readonly OutboxRecord[], error: unknown): Promise<RoundResult> {
    const [only] = records;
    if (error instanceof ApiError && error.code === "invalid" && only !== undefined) {
      if (records.length === 1) {
        await this.#giveUp(only, error.reason);
        this.#batchRecords = batchLimits.records;
      } else {
        this.#batchRecords = Math.ceil(records.length / 2);
      }
      return "progress";
    }
    this.#failures += 1;
    this.#failingSinceMs ??= this.#elapsedMs();
    this.#options.log("warn", "the outbox could not be delivered", {
      error: messageOf(error),
      records: records.length,
      failures: this.#failures,
    });
    return "unreachable";
  }
}

function recordName(place: {
  readonly taskId: string;
  readonly lease: number;
  readonly sequence: number;
}): string {
  return `${leaseName(place)}.${place.sequence}`;
}
