import { ApiError } from "@headcount/client/api-error";
import { backoffMs } from "@headcount/client/backoff";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { messageOf, type Log } from "../log.ts";
import { WakeSignal } from "../wake-signal.ts";
import type { LeaseJournal } from "./lease-journal.ts";
import type { Outbox } from "./outbox.ts";
import { leaseName } from "./outbox-entry.ts";

const batchLimits = { records: 500, bytes: 8 * 1024 * 1024 };
const retryBackoff = { baseMs: 1_000, maxMs: 5 * 60_000, jitter: 0.2 };
const maxAgeMs = 14 * 24 * 3_600_000;
const idleMs = 60_000;

export type DeliveryOptions = {
  readonly outbox: Outbox;
  readonly client: ApiClient;
  readonly log: Log;
};

type RoundResult = "empty" | "progress" | "later" | "unreachable";

/** Brings the outbox to the server, one batch at a time. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #wake = new WakeSignal();
  /** Endings that the server has seen and wants again later; they hold no claim back any more. */
  readonly #postponed = new Set<string>();
  readonly #roundListeners = new Set<() => void>();
  #failures = 0;
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
      const result = await this.#round(signal);
      for (const listener of this.#roundListeners) listener();
      if (result !== "progress") await this.#wake.sleep(this.#pauseMs(result), signal);
    }
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
    for (let result: RoundResult = "progress"; result === "progress" && !signal.aborted;) {
      result = await this.#round(signal);
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
    for (const journal of this.#options.outbox.journals()) {
      const room = this.#batchRecords - batch.length;
      if (room <= 0) break;
      const bytes = Math.ceil(batchLimits.bytes / (batch.length + 1));
      const records = await this.#take(journal, { records: room, bytes });
      for (const record of records) {
        if (record.ageMs > maxAgeMs) await this.#options.outbox.reject(record, "expired");
        else batch.push(record);
      }
    }
    return batch;
  }

  /** A file that cannot be read holds up its own task only. */
  async #take(
    journal: LeaseJournal,
    limits: Parameters<LeaseJournal["take"]>[0],
  ): Promise<readonly OutboxRecord[]> {
    try {
      return await journal.take(limits);
    } catch (error) {
      const { taskId } = journal.key;
      this.#options.log("error", "records cannot be read", { taskId, error: messageOf(error) });
      return [];
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
        await this.#reject(record, answer.reason ?? "rejected");
      } else {
        const name = leaseName(record);
        settled.set(name, [...(settled.get(name) ?? []), record]);
      }
    }
    for (const group of settled.values()) await this.#settle(group);
    this.#failures = kept === 0 ? 0 : this.#failures + 1;
    this.#batchRecords = batchLimits.records;
    return kept === records.length ? "later" : "progress";
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

  async #reject(record: OutboxRecord, reason: string): Promise<void> {
    const { taskId, lease, sequence, kind } = record;
    this.#options.log("warn", "the server refused a record", {
      taskId,
      lease,
      sequence,
      kind,
      reason,
    });
    await this.#options.outbox.reject(record, reason);
  }

  /** A batch that is refused as a whole is halved until the one bad record stands alone. */
  async #onRefusedBatch(records: readonly OutboxRecord[], error: unknown): Promise<RoundResult> {
    const [only] = records;
    if (error instanceof ApiError && error.code === "invalid" && only !== undefined) {
      if (records.length === 1) {
        await this.#reject(only, error.reason);
        this.#batchRecords = batchLimits.records;
      } else {
        this.#batchRecords = Math.ceil(records.length / 2);
      }
      return "progress";
    }
    this.#failures += 1;
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
