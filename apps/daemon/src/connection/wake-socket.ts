import { backoffMs } from "@headcount/client/backoff";
import { DaemonHint } from "@headcount/contract/daemon/frames";
import { WebSocket } from "ws";
import type { Log } from "../log.ts";
import { pause } from "../pause.ts";

export type WakeSocketOptions = {
  readonly serverUrl: string;
  readonly token: () => string | null;
  readonly onHint: (hint: DaemonHint) => void;
  readonly onConnected: () => void;
  readonly log: Log;
};

const reconnect = { baseMs: 1_000, maxMs: 30_000, jitter: 0.2 };
const stableAfterMs = 10_000;
/** The server pings more often than this; longer silence means that the line is dead. */
const silentMs = 130_000;
const handshakeMs = 15_000;

/** Hears hints of the server. Every effect also comes by polling; losing this only costs time. */
export class WakeSocket {
  readonly #options: WakeSocketOptions;
  #isOpen = false;

  constructor(options: WakeSocketOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const token = this.#options.token();
      if (token === null) {
        // Waiting for the enrolment is no failure: the socket opens right after it.
        await pause(reconnect.baseMs, signal);
        continue;
      }
      const openedMs = await this.#connectOnce(token, signal);
      if (openedMs >= stableAfterMs) failures = 0;
      await pause(backoffMs(reconnect, failures, Math.random()), signal);
      failures += 1;
    }
  }

  /** Resolves when the connection has ended, with how long it was open. */
  #connectOnce(token: string, signal: AbortSignal): Promise<number> {
    const url = `${this.#options.serverUrl.replace(/^http/, "ws")}/api/daemon/live`;
    const socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: handshakeMs,
    });
    return new Promise((resolve) => {
      let openedAt: number | null = null;
      const stop = (): void => socket.terminate();
      let silence = setTimeout(stop, silentMs);
      const heard = (): void => {
        clearTimeout(silence);
        silence = setTimeout(stop, silentMs);
      };
      signal.addEventListener("abort", stop);
      socket.on("open", () => {
        openedAt = performance.now();
        this.#isOpen = true;
        this.#options.onConnected();
      });
      socket.on("ping", heard);
      socket.on("message", (data: Buffer) => {
        heard();
        const hint = parseHint(data);
        if (hint !== null) this.#options.onHint(hint);
      });
      socket.on("error", (error) => {
        this.#options.log("debug", "the wake socket failed", { error: error.message });
      });
      socket.on("close", () => {
        clearTimeout(silence);
        signal.removeEventListener("abort", stop);
        this.#isOpen = false;
        resolve(openedAt === null ? 0 : performance.now() - openedAt);
      });
    });
  }
}

/** Hints of kinds that this version does not know are passed over. */
function parseHint(data: Buffer): DaemonHint | null {
  let value: unknown;
  try {
    value = JSON.parse(data.toString("utf8"));
  } catch {
    return null;
  }
  return DaemonHint.safeParse(value).data ?? null;
}
