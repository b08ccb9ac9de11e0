import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TokenCounts } from "../fake-model/token-counts.ts";

/** What is kept of a session between runs. */
export type Session = {
  readonly id: string;
  /** A session is only found again from the directory that it was begun in. */
  readonly cwd: string;
  readonly prompts: readonly string[];
  /** Totals per model, as of the last run that ended in good order. */
  readonly totals: Readonly<Record<string, TokenCounts>>;
};

const SAFE_ID = /^[\w-]+$/;

/** Keeps sessions as files below the home of the agent. */
export class SessionStore {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, "sessions");
  }

  /** The session, when there is one of that id and directory. */
  find(id: string, cwd: string): Session | undefined {
    if (!SAFE_ID.test(id)) return undefined;
    try {
      const session = JSON.parse(readFileSync(this.#file(id), "utf8")) as Session;
      return session.cwd === cwd ? session : undefined;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }

  save(session: Session): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#file(session.id), `${JSON.stringify(session, null, 2)}\n`);
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
