import type { RunItem, RunLimits } from "./types.ts";

/** Limits that apply unless a run sets its own. */
export const defaultRunLimits: RunLimits = {
  totalMs: null,
  idleMs: 30 * 60_000,
  idleInToolMs: 2 * 60 * 60_000,
  handshakeMs: 30_000,
  progressMs: 10 * 60_000,
};

export type Watchdog = {
  /** Something was read. */
  touch(): void;
  /** Follows which tool calls are open. */
  observe(item: RunItem): void;
  stop(): void;
};

/**
 * Ends a run that takes too long or has fallen silent. An open tool call may be silent for longer.
 * Output that waits to be read is not silence: an expiry is looked at again after one turn of the
 * event loop.
 */
export function createWatchdog(
  limits: RunLimits,
  expire: (reason: "timeout" | "idle_watchdog") => void,
): Watchdog {
  const openTools = new Set<string>();
  let lastReadAt = performance.now();
  let idleTimer: NodeJS.Timeout | null = null;
  let stopped = false;

  const allowedMs = (): number => (openTools.size > 0 ? limits.idleInToolMs : limits.idleMs);
  const silentMs = (): number => performance.now() - lastReadAt;
  const arm = (): void => {
    if (stopped) return;
    idleTimer = setTimeout(() => setImmediate(check), Math.max(1, allowedMs() - silentMs()));
    idleTimer.unref();
  };
  const check = (): void => {
    if (stopped) return;
    if (silentMs() < allowedMs()) return arm();
    stop();
    expire("idle_watchdog");
  };
  const totalTimer =
    limits.totalMs === null
      ? null
      : setTimeout(() => {
          stop();
          expire("timeout");
        }, limits.totalMs);
  totalTimer?.unref();

  function stop(): void {
    stopped = true;
    if (idleTimer !== null) clearTimeout(idleTimer);
    if (totalTimer !== null) clearTimeout(totalTimer);
  }

  arm();
  return {
    touch() {
      lastReadAt = performance.now();
    },
    observe(item) {
      const before = openTools.size;
      if (item.type === "tool_use") openTools.add(item.callId);
      if (item.type === "tool_result") openTools.delete(item.callId);
      if (before === openTools.size || stopped) return;
      if (idleTimer !== null) clearTimeout(idleTimer);
      arm();
    },
    stop,
  };
}
