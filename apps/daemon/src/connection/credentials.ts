import { rm } from "node:fs/promises";
import { ApiError } from "@headcount/client/api-error";
import { makeClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { DaemonIdentity } from "@headcount/contract/daemon/schemas";
import { messageOf, type Log } from "../log.ts";
import { pause } from "../pause.ts";
import { readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";

/**
 * Exchanges a person's token for this machine's own and stores it, readable by its owner only.
 *
 * @throws ApiError when the server refuses, e.g. `daemon.owned_by_other`
 */
export async function enrolMachine(options: {
  readonly serverUrl: string;
  readonly personToken: string;
  readonly identity: DaemonIdentity;
  readonly tokenFile: string;
}): Promise<{ readonly ownerName: string }> {
  const client = makeClient({
    baseUrl: options.serverUrl,
    token: options.personToken,
    clientName: "daemon",
  });
  const reply = await client.call(daemon.enrol, options.identity);
  await writeFileAtomically(options.tokenFile, `${reply.token}\n`);
  return { ownerName: reply.ownerName };
}

export type CredentialOptions = {
  readonly serverUrl: string;
  readonly tokenFile: string;
  readonly enrolTokenFile: string | null;
  readonly identity: DaemonIdentity;
  readonly log: Log;
};

/** The machine token, and how to get one while there is none. */
export class Credentials {
  readonly #options: CredentialOptions;
  #token: string | null = null;
  #obtaining: Promise<void> | null = null;

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  get token(): string | null {
    return this.#token;
  }

  async load(): Promise<void> {
    const text = (await readFileIfThere(this.#options.tokenFile))?.trim() ?? "";
    this.#token = text.startsWith("hcd_") ? text : null;
  }

  /** Whether a token exists or can be expected to appear. */
  get isObtainable(): boolean {
    return this.#token !== null || this.#options.enrolTokenFile !== null;
  }

  /** Waits for a token: the stored one, else the one that the enrolment file is exchanged for. */
  async obtain(signal: AbortSignal): Promise<void> {
    if (this.#token !== null) return;
    // All who wait share one exchange: each enrolment ends the token of the one before it.
    this.#obtaining ??= this.#obtain(signal).finally(() => {
      this.#obtaining = null;
    });
    await this.#obtaining;
  }

  async #obtain(signal: AbortSignal): Promise<void> {
    while (this.#token === null && !signal.aborted) {
      await this.load();
      if (this.#token === null) await this.#tryEnrolment();
      if (this.#token === null) await pause(1_000, signal);
    }
  }

  /** The server does not know the token: a new one is needed before anything else works. */
  async onRefused(): Promise<void> {
    const { enrolTokenFile } = this.#options;
    if (enrolTokenFile === null || (await readFileIfThere(enrolTokenFile)) === null) return;
    this.#options.log("warn", "the machine token was refused; enrolling again");
    await rm(this.#options.tokenFile, { force: true });
    this.#token = null;
  }

  async #tryEnrolment(): Promise<void> {
    const { enrolTokenFile, serverUrl, identity, tokenFile, log } = this.#options;
    const personToken = enrolTokenFile && (await readFileIfThere(enrolTokenFile))?.trim();
    if (!enrolTokenFile || !personToken) return;
    try {
      const { ownerName } = await enrolMachine({ serverUrl, personToken, identity, tokenFile });
      await rm(enrolTokenFile, { force: true });
      log("info", "enrolled", { ownerName });
    } catch (error) {
      log("warn", "enrolment failed", { error: messageOf(error) });
      // A token that was refused for good is of no more use; the server writes another.
      const isRefused = error instanceof ApiError && error.code === "unauthenticated";
      if (isRefused) await rm(enrolTokenFile, { force: true });
    }
  }
}
