/** A turn did not come in time. */
export class LockBusy extends Error {
  constructor() {
    super("Somebody else is at it.");
    this.name = "LockBusy";
  }
}

/** Runs operations of one name one after the other; different names do not wait for each other. */
export class NamedMutex {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<Result>(name: string, operation: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const result = before.then(operation);
    const tail = result.catch(() => undefined);
    this.#tails.set(name, tail);
    void tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name);
    });
    return result;
  }

  /**
   * The same for callers that do not wait for their turn longer than this, or than their signal
   * lets them; the operation itself may take as long as it takes.
   *
   * @throws LockBusy
   */
  async runWithin<Result>(
    name: string,
    { waitMs, signal }: { readonly waitMs: number; readonly signal?: AbortSignal | undefined },
    operation: () => Promise<Result>,
  ): Promise<Result> {
    const turn = Promise.withResolvers<"mine">();
    const over = Promise.withResolvers<void>();
    void this.run(name, () => {
      turn.resolve("mine");
      return over.promise;
    });
    const patience = Promise.withResolvers<"over">();
    const giveUp = (): void => patience.resolve("over");
    const timer = setTimeout(giveUp, waitMs);
    signal?.addEventListener("abort", giveUp, { once: true });
    if (signal?.aborted) giveUp();
    try {
      const first = await Promise.race([turn.promise, patience.promise]);
      if (first === "over") throw new LockBusy();
      return await operation();
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
      // A turn that comes after all is passed on at once.
      over.resolve();
    }
  }
}
