import { setTimeout as sleep } from "node:timers/promises";

const quietMs = 250;
const longestMs = 2_000;

/**
 * Resolves when nothing has been read for a quarter of a second, after two seconds at most: agents
 * send updates after their answer to the prompt. `lastReadAt` is on the clock of `performance`.
 */
export async function waitForQuiet(lastReadAt: () => number): Promise<void> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const now = performance.now();
    const left = Math.min(lastReadAt() + quietMs, deadline) - now;
    if (left <= 0) return;
    await sleep(Math.ceil(left));
  }
}
