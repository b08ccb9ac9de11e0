import { homedir } from "node:os";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import { type FoundSessions, findFoundSessions } from "@headcount/session-files/found-sessions";
import { messageOf, type Log } from "../log.ts";
import { pause } from "../pause.ts";

export type SessionScanOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when something was found, or something else than before. */
  readonly onChanged: () => void;
  readonly log: Log;
};

const repeatMs = 6 * 3_600_000;

/**
 * Knows which sessions of agent CLIs this machine holds, so that the server can offer to bring them
 * in. Looks at names and times of files only, some times a day: nobody waits for it.
 */
export class SessionScan {
  readonly #options: SessionScanOptions;
  #found: readonly FoundSessions[] = [];

  constructor(options: SessionScanOptions) {
    this.#options = options;
  }

  /** Adds to what is announced of each CLI what was found of it. */
  describe(registrations: readonly RuntimeRegistration[]): readonly RuntimeRegistration[] {
    return registrations.map((registration) => {
      const found = this.#found.find(({ cli }) => cli === registration.cli);
      if (found === undefined) return registration;
      const { sessions, firstDay, lastDay } = found;
      return { ...registration, foundSessions: { sessions, firstDay, lastDay } };
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.scan();
      await pause(repeatMs, signal);
    }
  }

  async scan(): Promise<void> {
    const { environment, onChanged, log } = this.#options;
    const before = JSON.stringify(this.#found);
    try {
      const home = environment["HOME"] || homedir();
      this.#found = await findFoundSessions({ home, environment });
    } catch (error) {
      // Only an offer depends on it.
      log("warn", "sessions of this machine could not be looked at", { error: messageOf(error) });
      return;
    }
    if (JSON.stringify(this.#found) !== before) onChanged();
  }
}
