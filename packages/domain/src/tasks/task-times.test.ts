import fc from "fast-check";
import { expect, test } from "vitest";
import { type TaskMoments, taskTimes } from "./task-times.ts";

const at = (seconds: number): Date => new Date(1_700_000_000_000 + seconds * 1_000);
const never = at(9_999_999);

const moments = (changes: Partial<TaskMoments>): TaskMoments => ({
  queuedAt: at(0),
  waitingAt: null,
  startedAt: null,
  endedAt: null,
  ...changes,
});

test("a run is the time from its start to its end, what came before it is the queue", () => {
  const task = moments({ startedAt: at(10), endedAt: at(70) });
  expect(taskTimes(task, never)).toEqual({ runMs: 60_000, queueMs: 10_000, waitingMs: 0 });
});

test("waiting for a directory counts neither as running nor as queueing", () => {
  const task = moments({ waitingAt: at(10), startedAt: at(310), endedAt: at(370) });
  expect(taskTimes(task, never)).toEqual({ runMs: 60_000, queueMs: 10_000, waitingMs: 300_000 });
});

test("a task that ended while it waited has never run", () => {
  const task = moments({ waitingAt: at(10), endedAt: at(110) });
  expect(taskTimes(task, never)).toEqual({ runMs: 0, queueMs: 10_000, waitingMs: 100_000 });
});

test("what has not ended counts until now", () => {
  expect(taskTimes(moments({}), at(5))).toEqual({ runMs: 0, queueMs: 5_000, waitingMs: 0 });
  const running = moments({ waitingAt: at(1), startedAt: at(3) });
  expect(taskTimes(running, at(5))).toEqual({ runMs: 2_000, queueMs: 1_000, waitingMs: 2_000 });
});

test("whatever the clocks say, no part is negative and together they are the whole", () => {
  const moment = fc.integer({ min: -1_000, max: 1_000 }).map(at);
  const maybe = fc.option(moment, { nil: null });
  fc.assert(
    fc.property(moment, maybe, maybe, maybe, moment, (queuedAt, waitingAt, startedAt, end, now) => {
      const times = taskTimes({ queuedAt, waitingAt, startedAt, endedAt: end }, now);
      const parts = [times.runMs, times.queueMs, times.waitingMs];
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      const lived = Math.max(0, (end ?? now).getTime() - queuedAt.getTime());
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(lived);
    }),
  );
});
