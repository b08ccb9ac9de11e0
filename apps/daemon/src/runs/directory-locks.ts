/**
 * Which run uses which folder. One process serves a profile and the work root belongs to it, so
 * the locks live in memory and end with it.
 */
export class DirectoryLocks {
  readonly #holders = new Map<string, string>();
  readonly #waiters = new Map<string, (() => void)[]>();

  holderOf(root: string): string | null {
    return this.#holders.get(root) ?? null;
  }

  /** Takes the folder; false while another run has it. */
  tryTake(root: string, holder: string): boolean {
    if (this.#holders.has(root)) return false;
    this.#holders.set(root, holder);
    return true;
  }

  release(root: string): void {
    this.#holders.delete(root);
    const waiters = this.#waiters.get(root) ?? [];
    this.#waiters.delete(root);
    for (const wake of waiters) wake();
  }

  /** Resolves when the folder has been released once, or the signal fires. */
  released(root: string, signal: AbortSignal): Promise<void> {
    if (!this.#holders.has(root) || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.set(root, [...(this.#waiters.get(root) ?? []), resolve]);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}
