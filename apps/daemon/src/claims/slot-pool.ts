/** The machine's places for running tasks. A place is taken before a task is asked for. */
export class SlotPool {
  readonly total: number;
  #taken = new Set<number>();
  /** Taken places in which a task really runs; the others are held open for an unanswered claim. */
  #occupied = new Set<number>();
  readonly #onReleased: () => void;

  /** @param onReleased called after each release, to wake whoever waits for a place */
  constructor(total: number, onReleased: () => void) {
    this.total = total;
    this.#onReleased = onReleased;
  }

  get free(): number {
    return this.total - this.#taken.size;
  }

  /** Places without a running task: what people and the server are told. */
  get idle(): number {
    return this.total - this.#occupied.size;
  }

  /** A task has moved into a reserved place. */
  occupy(slot: number): void {
    this.#occupied.add(slot);
  }

  /** Takes up to `most` free places; each has a small stable number. */
  reserve(most: number): readonly number[] {
    const reserved: number[] = [];
    for (let slot = 0; slot < this.total && reserved.length < most; slot += 1) {
      if (!this.#taken.has(slot)) reserved.push(slot);
    }
    for (const slot of reserved) this.#taken.add(slot);
    return reserved;
  }

  /** A task has ended: whoever waits for a place is woken. */
  release(slots: readonly number[]): void {
    this.returnUnused(slots);
    if (slots.length > 0) this.#onReleased();
  }

  /** Places that a claim reserved and did not need; wakes nobody, or claims would follow at once. */
  returnUnused(slots: readonly number[]): void {
    for (const slot of slots) {
      this.#taken.delete(slot);
      this.#occupied.delete(slot);
    }
  }
}
