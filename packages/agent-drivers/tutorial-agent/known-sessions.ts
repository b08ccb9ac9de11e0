import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Sessions that can be continued: one empty file each, outside the work directory, because a
 * session of this agent has nothing to remember but that it exists.
 */
export class KnownSessions {
  readonly #folder: string;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    const home = environment["HOME"] ?? homedir();
    const cache = environment["XDG_CACHE_HOME"] ?? join(home, ".cache");
    this.#folder = join(cache, "headcount-tutorial", "sessions");
  }

  create(): string {
    const id = randomUUID();
    mkdirSync(this.#folder, { recursive: true });
    this.#forgetOld();
    writeFileSync(join(this.#folder, id), "");
    return id;
  }

  has(id: string): boolean {
    // Only ids of the form we make may become part of a path.
    if (!/^[0-9a-f-]{36}$/.test(id)) return false;
    return statSync(join(this.#folder, id), { throwIfNoEntry: false }) !== undefined;
  }

  #forgetOld(): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (age > keptMs) rmSync(file, { force: true });
    }
  }
}

/** Two weeks: as long as the sessions of other agents are kept. */
const keptMs = 14 * 24 * 60 * 60_000;
