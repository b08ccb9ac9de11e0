import type { StoredRecord } from "./outbox-entry.ts";

type Waiting = { readonly record: StoredRecord; readonly arrived: () => void };

/** Records of a lease that are not on the disk yet, in order, and when they are to be written. */
export class UnwrittenRecords {
  readonly #write: () => void;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param write called when it is time to write what there is */
  constructor(write: () => void) {
    this.#write = write;
  }

  get size(): number {
    return this.#waiting.length;
  }

  get oldest(): StoredRecord | null {
    return this.#waiting[0]?.record ?? null;
  }

  /** A copy: more may be added while these are on their way to the disk. */
  all(): readonly StoredRecord[] {
    return this.#waiting.map(({ record }) => record);
  }

  /** Resolves once the record is on the disk. */
  add(record: StoredRecord): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ record, arrived: resolve });
    return promise;
  }

  /** The oldest ones are on the disk now. */
  written(count: number): void {
    const arrived = this.#waiting.splice(0, count);
    for (const waiting of arrived) waiting.arrived();
  }

  /** Has everything written in this long, or sooner where that was asked for already. */
  writeWithin(delayMs: number): void {
    if (this.#timer !== null && delayMs > 0) return;
    this.stopTimer();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#write();
    }, delayMs);
  }

  stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
