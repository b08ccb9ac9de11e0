/** The moments of a task's life that decide how long it did what. */
export type TaskMoments = {
  readonly queuedAt: Date;
  /** Since when it waited for its directory; null when it never did. */
  readonly waitingAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

/** Whole milliseconds, none of them negative. */
export type TaskTimes = {
  /** Its agent was at work. */
  readonly runMs: number;
  /** It stood in the queue or was being prepared. */
  readonly queueMs: number;
  /** It waited for a directory that another run held. */
  readonly waitingMs: number;
};

/**
 * How a task has spent its time until it ended, or until `now` while it has not. The three parts
 * never overlap and add up to the time since it was queued, so that a wait counts neither as
 * running nor as queueing, also where clocks have left the moments out of order.
 */
export function taskTimes(task: TaskMoments, now: Date): TaskTimes {
  const queued = task.queuedAt.getTime();
  const ended = Math.max(queued, (task.endedAt ?? now).getTime());
  const started = within(queued, task.startedAt?.getTime() ?? ended, ended);
  const waiting = within(queued, task.waitingAt?.getTime() ?? started, started);
  return { runMs: ended - started, queueMs: waiting - queued, waitingMs: started - waiting };
}

const within = (from: number, value: number, to: number): number =>
  Math.min(Math.max(value, from), to);
