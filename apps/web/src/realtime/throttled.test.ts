import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttled } from "./throttled.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first ask runs at once, a burst runs once more at its end", () => {
  const run = vi.fn<() => void>();
  const { ask } = throttled(run, 500);
  ask();
  expect(run).toHaveBeenCalledTimes(1);
  for (let index = 0; index < 20; index += 1) ask();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(500);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(2);
});

test("after a rest an ask runs at once again", () => {
  const run = vi.fn<() => void>();
  const { ask } = throttled(run, 500);
  ask();
  vi.advanceTimersByTime(600);
  ask();
  expect(run).toHaveBeenCalledTimes(2);
});

test("a stopped one runs nothing that was due, and can be used again", () => {
  const run = vi.fn<() => void>();
  const { ask, stop } = throttled(run, 500);
  ask();
  ask();
  stop();
  vi.advanceTimersByTime(1_000);
  expect(run).toHaveBeenCalledTimes(1);
  ask();
  expect(run).toHaveBeenCalledTimes(2);
});
