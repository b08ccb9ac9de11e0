import { setTimeout as delay } from "node:timers/promises";

/** Waits, or less when the signal aborts. Never rejects: whoever waits looks at the signal afterwards. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await delay(ms, undefined, { signal: stop }).catch(() => {
    // Only an abort rejects here, and the caller sees it in the signal.
  });
}
