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
}
