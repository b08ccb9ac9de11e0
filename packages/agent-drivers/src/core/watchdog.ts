import type { FiredWatchdog, RunItem, RunLimits } from "./types.ts";

/** Limits that apply unless a run sets its own. */
export const defaultRunLimits: RunLimits = {
  totalMs: null,
  idleMs: 30 * 60_000,
  idleInToolMs: 2 * 60 * 60_000,
  handshakeMs: 30_000,
  progressMs: 10 * 60_000,
};

export type Watchdog = {
  /** Something was read that is more than a sign of life. */
  touch(): void;
  /** The work went on. The first call starts the watch over progress; without it there is none. */
  progress(): void;
  /** Follows which tool calls are open. */
  observe(item: RunItem): void;
  silentForMs(): number;
  stop(): void;
};

type Deadline = FiredWatchdog & { readonly at: number };

/**
 * Ends a run that takes too long, has fallen silent or talks without getting on. While a tool call
 * is open, silence may last longer and progress is not asked for: the tool works, not the model.
 * Output that waits to be read is not silence: an expiry is looked at again after one turn of the
 * event loop.
 */
export function createWatchdog(
  limits: RunLimits,
  expire: (fired: FiredWatchdog) => void,
): Watchdog {
  const openTools = new Set<string>();
  const startedAt = performance.now();
  let lastReadAt = startedAt;
  let progressAt: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const deadlines = (): readonly Deadline[] => {
    const { totalMs, idleMs, idleInToolMs, progressMs } = limits;
    const found: Deadline[] = [];
    const add = (name: FiredWatchdog["name"], from: number, limitMs: number): void =>
      void found.push({ name, limitMs, at: from + limitMs });
    if (totalMs !== null) add("wall_clock", startedAt, totalMs);
    if (openTools.size > 0) add("silent_tool", lastReadAt, idleInToolMs);
    else add("silence", lastReadAt, idleMs);
    if (openTools.size === 0 && progressAt !== null) add("no_progress", progressAt, progressMs);
    return found.toSorted((one, other) => one.at - other.at);
  };
  const arm = (): void => {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    const [next] = deadlines();
    if (next === undefined) return;
    const waitMs = Math.min(longestTimerMs, Math.max(1, next.at - performance.now()));
    timer = setTimeout(() => setImmediate(check), waitMs);
    timer.unref();
  };
  const check = (): void => {
    if (stopped) return;
    const [next] = deadlines();
    if (next === undefined || next.at > performance.now()) return arm();
    stop();
    expire({ name: next.name, limitMs: next.limitMs });
  };

  function stop(): void {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
  }

  arm();
  return {
    touch() {
      lastReadAt = performance.now();
    },
    progress() {
      const isFirst = progressAt === null;
      progressAt = performance.now();
      if (isFirst) arm();
    },
    observe(item) {
      const before = openTools.size;
      if (item.type === "tool_use") openTools.add(item.callId);
      if (item.type === "tool_result") openTools.delete(item.callId);
      if (progressAt !== null && item.type !== "log") progressAt = performance.now();
      if (before !== openTools.size) arm();
    },
    silentForMs: () => performance.now() - lastReadAt,
    stop,
  };
}

/** Timers of Node end at 2^31 − 1 ms; a longer limit is waited for in parts. */
const longestTimerMs = 2 ** 31 - 1;
