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

  find(executable: string): VersionAnswer | null {
    const kept = this.#kept.get(executable);
    if (kept === undefined || performance.now() - kept.at > keptMs) return null;
    return kept.fingerprint === fingerprintOf(executable) ? kept.answer : null;
  }

  keep(executable: string, answer: VersionAnswer): void {
    const fingerprint = fingerprintOf(executable);
    if (fingerprint === null) return;
    this.#kept.set(executable, { fingerprint, at: performance.now(), answer });
  }

  clear(): void {
    this.#kept.clear();
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
