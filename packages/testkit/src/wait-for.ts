import { setTimeout as delay } from "node:timers/promises";

import { patientMs } from "./patience.ts";

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;
const DEFAULT_TIMEOUT_MS = 10_000;

export type WaitForOptions = {
  /** What is waited for, for the message when it does not come. */
  readonly describe: string | (() => string);
  /** Ten seconds by default; longer where tests are told to be patient. */
  readonly timeoutMs?: number;
};

/**
 * Polls until the condition gives something truthy, and returns that. Pauses grow from 2 ms to
 * 100 ms, so that short waits stay short and long ones cost little.
 *
 * @throws Error with the description when the time is over. An error of the condition itself is
 * passed on at once.
 */
export async function waitFor<Value>(
  condition: () => Value | Promise<Value>,
  options: WaitForOptions,
): Promise<Exclude<Value, false | null | undefined | 0 | "">> {
  const { describe } = options;
  const timeoutMs = patientMs(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const value = await condition();
    // The falsy values are excluded by the test itself; the compiler cannot narrow a type parameter.
    if (value) return value as Exclude<Value, false | null | undefined | 0 | "">;
    if (performance.now() >= deadline) {
      const wanted = typeof describe === "string" ? describe : describe();
      throw new Error(`waited ${timeoutMs} ms in vain for ${wanted}`);
    }
    await delay(pauseMs);
  }
}
