import { realpathSync, statSync } from "node:fs";

export type VersionAnswer = { readonly output: string };

type Kept = { readonly fingerprint: string; readonly at: number; readonly answer: VersionAnswer };

const keptMs = 10 * 60_000;

/**
 * Remembers for ten minutes what programs have said about their version. A file that was replaced
 * is asked again at once; one that did not answer is always asked again.
 */
export class ProbeCache {
  readonly #kept = new Map<string, Kept>();

  /** What the program said in the last ten minutes; null when it has to be asked. */
  find(executable: string): VersionAnswer | null {
    const kept = this.#kept.get(executable);
    if (kept === undefined || performance.now() - kept.at > keptMs) return null;
    return this.findOld(executable);
  }

  /** What this same file said at any time. */
  findOld(executable: string): VersionAnswer | null {
    const kept = this.#kept.get(executable);
    return kept !== undefined && kept.fingerprint === fingerprintOf(executable)
      ? kept.answer
      : null;
  }

  keep(executable: string, answer: VersionAnswer): void {
    const fingerprint = fingerprintOf(executable);
    if (fingerprint === null) return;
    this.#kept.set(executable, { fingerprint, at: performance.now(), answer });
  }

  /** Every program is asked again. */
  expire(): void {
    for (const [executable, kept] of this.#kept)
      this.#kept.set(executable, { ...kept, at: -keptMs });
  }
}

/** Null when the file is gone. Upgrades replace either the file or what a link points to. */
function fingerprintOf(executable: string): string | null {
  try {
    const file = realpathSync(executable);
    const { ino, size, mtimeMs } = statSync(file);
    return JSON.stringify([file, ino, size, mtimeMs]);
  } catch {
    return null;
  }
}
