import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWatchdog, defaultRunLimits, type Watchdog } from "./watchdog.ts";

const limits = { ...defaultRunLimits, idleMs: 1_000, idleInToolMs: 10_000 };
let expired: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  expired = [];
});
afterEach(() => vi.useRealTimers());

function start(changes: Partial<typeof limits> = {}): Watchdog {
  return createWatchdog({ ...limits, ...changes }, (reason) => expired.push(reason));
}

const toolUse = { type: "tool_use", callId: "c", tool: "t", input: {} } as const;
const toolResult = { type: "tool_result", callId: "c", output: "", isError: false } as const;

describe("watchdog", () => {
  it("gives up after silence, once", () => {
    start();
    vi.advanceTimersByTime(900);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(expired).toEqual(["idle_watchdog"]);
  });

  it("waits while something is read", () => {
    const watchdog = start();
    for (let step = 0; step < 10; step += 1) {
      vi.advanceTimersByTime(600);
      watchdog.touch();
    }
    expect(expired).toEqual([]);
  });

  it("lets an open tool be silent for longer", () => {
    const watchdog = start();
    watchdog.observe(toolUse);
    vi.advanceTimersByTime(9_000);
    expect(expired).toEqual([]);
    watchdog.touch();
    watchdog.observe(toolResult);
    vi.advanceTimersByTime(1_100);
    expect(expired).toEqual(["idle_watchdog"]);
  });

  it("ends a run that takes too long, however much it says", () => {
    const watchdog = start({ totalMs: 2_000 });
    for (let step = 0; step < 5; step += 1) {
      vi.advanceTimersByTime(500);
      watchdog.touch();
    }
    expect(expired).toEqual(["timeout"]);
  });

  it("is quiet once stopped", () => {
    start({ totalMs: 2_000 }).stop();
    vi.advanceTimersByTime(60_000);
    expect(expired).toEqual([]);
  });
});
