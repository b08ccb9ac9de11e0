import { setTimeout as delay } from "node:timers/promises";

/** Waits; ends early, with false, when the signal aborts. */
export async function waitUnlessAborted(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return delay(delayMs, true, { signal }).catch(() => false);
}
