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
  return createWatchdog({ ...limits, ...changes }, ({ name }) => expired.push(name));
}

const toolUse = { type: "tool_use", callId: "c", tool: "t", input: {} } as const;
const toolResult = { type: "tool_result", callId: "c", output: "", isError: false } as const;

describe("watchdog", () => {
  it("gives up after silence, once", () => {
    start();
    vi.advanceTimersByTime(900);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(expired).toEqual(["silence"]);
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
    expect(expired).toEqual(["silence"]);
  });

  it("ends a tool that stays open without a word", () => {
    start().observe(toolUse);
    vi.advanceTimersByTime(10_100);
    expect(expired).toEqual(["silent_tool"]);
  });

  it("ends a run that takes too long, however much it says", () => {
    const watchdog = start({ totalMs: 2_000 });
    for (let step = 0; step < 5; step += 1) {
      vi.advanceTimersByTime(500);
      watchdog.touch();
    }
    expect(expired).toEqual(["wall_clock"]);
  });

  describe("progress, once a protocol tells of it", () => {
    const talkative = { idleMs: 60_000, progressMs: 1_000 };

    it("ends a run that talks without getting on", () => {
      const watchdog = start(talkative);
      watchdog.progress();
      for (let step = 0; step < 4; step += 1) {
        vi.advanceTimersByTime(300);
        watchdog.touch();
      }
      expect(expired).toEqual(["no_progress"]);
    });

    it("counts what the agent did, retries of its provider among it", () => {
      const watchdog = start(talkative);
      watchdog.progress();
      for (let step = 0; step < 10; step += 1) {
        vi.advanceTimersByTime(700);
        watchdog.observe({ type: "status", text: "Retrying in 5 s", retry: true });
      }
      expect(expired).toEqual([]);
      for (let step = 0; step < 4; step += 1) {
        vi.advanceTimersByTime(300);
        watchdog.observe({ type: "log", level: "debug", message: "still here" });
      }
      expect(expired).toEqual(["no_progress"]);
    });

    it("asks a model for none while a tool works", () => {
      const watchdog = start(talkative);
      watchdog.progress();
      watchdog.observe(toolUse);
      vi.advanceTimersByTime(9_000);
      expect(expired).toEqual([]);
      watchdog.observe(toolResult);
      vi.advanceTimersByTime(1_100);
      expect(expired).toEqual(["no_progress"]);
    });

    it("is not asked for where the protocol cannot tell", () => {
      start(talkative);
      vi.advanceTimersByTime(50_000);
      expect(expired).toEqual([]);
    });
  });

  it("waits for limits beyond the longest timer of the system", () => {
    const farMs = 40 * 86_400_000;
    start({ totalMs: farMs, idleMs: 2 * farMs });
    vi.advanceTimersByTime(farMs - 60_000);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(120_000);
    expect(expired).toEqual(["wall_clock"]);
  });

  it("is quiet once stopped", () => {
    start({ totalMs: 2_000 }).stop();
    vi.advanceTimersByTime(60_000);
    expect(expired).toEqual([]);
  });
});
