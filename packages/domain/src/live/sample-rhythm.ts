/** Between looks while anything runs or waits to run. */
export const busyEveryMs = 10_000;
/** Between looks while nothing does. */
export const idleEveryMs = 60_000;
/** A look may come this much later than planned before the time until it counts as not known. */
const slackMs = 20_000;

/** Moments at which a look may be taken: whole multiples of the shorter interval. */
export function tickOf(nowMs: number): number {
  return Math.floor(nowMs / busyEveryMs) * busyEveryMs;
}

/**
 * Whether a look is due: at every tick while anything goes on, else with the first tick of each
 * minute, so that buckets begin with one.
 */
export function isSampleDue(
  tickMs: number,
  lastMs: number | null,
  activity: "busy" | "idle",
): boolean {
  if (lastMs === null) return true;
  if (tickMs <= lastMs) return false;
  if (activity === "busy") return true;
  return Math.floor(tickMs / idleEveryMs) > Math.floor(lastMs / idleEveryMs);
}

/** For how long a look stands at most when no other one follows. */
export function holdsMs(activity: "busy" | "idle"): number {
  return (activity === "busy" ? busyEveryMs : idleEveryMs) + slackMs;
}
