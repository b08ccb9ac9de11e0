import { useSyncExternalStore } from "react";

let offsetMs = 0;
const listeners = new Map<number, Set<() => void>>();
const timers = new Map<number, ReturnType<typeof setInterval>>();

/** Sets how far the server's clock is ahead of this one, so that durations tick from server time. */
export function setServerClock(serverNow: Date): void {
  offsetMs = serverNow.getTime() - Date.now();
}

/** The server's time now, in ms since the epoch. */
export function serverNowMs(): number {
  return Date.now() + offsetMs;
}

/** The server's time, renewed every `everyMs`; all users of one interval share one timer. */
export function useNowMs(everyMs: number): number {
  return useSyncExternalStore(
    (listener) => subscribe(everyMs, listener),
    () => Math.floor(serverNowMs() / everyMs) * everyMs,
  );
}

function subscribe(everyMs: number, listener: () => void): () => void {
  const group = listeners.get(everyMs) ?? new Set();
  listeners.set(everyMs, group);
  group.add(listener);
  if (!timers.has(everyMs)) {
    const tick = () => group.forEach((notify) => notify());
    timers.set(everyMs, setInterval(tick, everyMs));
  }
  return () => {
    group.delete(listener);
    if (group.size > 0) return;
    clearInterval(timers.get(everyMs));
    timers.delete(everyMs);
  };
}
