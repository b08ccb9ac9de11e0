import { pause } from "./pause.ts";

/** Lets a sleeping loop be woken. A ring that comes while nobody sleeps ends the next sleep at once. */
export class WakeSignal {
  #rung = false;
  #sleeper: AbortController | null = null;

  ring(): void {
    this.#rung = true;
    this.#sleeper?.abort();
  }

  /** Sleeps until rung, aborted or the time is over. */
  async sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    const sleeper = new AbortController();
    this.#sleeper = sleeper;
    if (!this.#rung) await pause(durationMs, AbortSignal.any([signal, sleeper.signal]));
    this.#rung = false;
    this.#sleeper = null;
  }
}
