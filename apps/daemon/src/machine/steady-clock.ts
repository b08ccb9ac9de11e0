import { uptime } from "node:os";

/** Readings of this machine's clocks, in milliseconds. */
export type ClockReadings = {
  /** What people set. */
  readonly wallMs: () => number;
  /** Counts on whatever people set, but on most systems not while the machine sleeps. */
  readonly runningMs: () => number;
  /** Time since the machine was started, sleep included; may be as coarse as a second. */
  readonly uptimeMs: () => number;
};

const systemReadings: ClockReadings = {
  wallMs: () => Date.now(),
  runningMs: () => performance.now(),
  uptimeMs: () => uptime() * 1_000,
};

/** Differences below this come from the coarse clock and are no sleep. */
const shortestSleepMs = 5_000;

/**
 * A clock in Unix milliseconds that begins with the machine's own and then only moves forward, by
 * the time that has passed: nobody who sets the machine's clock makes a record old or young.
 */
export function createSteadyClock(readings: ClockReadings = systemReadings): () => number {
  const { wallMs, runningMs, uptimeMs } = readings;
  const start = { wall: wallMs(), running: runningMs(), uptime: uptimeMs() };
  let asleepMs = 0;
  return () => {
    const ranMs = runningMs() - start.running;
    const missedMs = uptimeMs() - start.uptime - ranMs;
    if (missedMs > asleepMs + shortestSleepMs) asleepMs = missedMs;
    return start.wall + ranMs + asleepMs;
  };
}
