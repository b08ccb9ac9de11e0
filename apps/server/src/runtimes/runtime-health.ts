import type { RuntimeHealth } from "@headcount/contract/runtimes/schemas";
import { runtimeExpiringMs } from "@headcount/domain/runtimes/runtime-life";

export type SignsOfLife = {
  /** False once the machine has said goodbye, has been silent for long, or no longer has the CLI. */
  readonly online: boolean;
  readonly lastSeenAt: Date;
  /** The machine's latest heartbeat; null when none is known since the database started. */
  readonly beatAt: Date | null;
};

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/**
 * Latest moment at which the runtime is known to have been there. A machine's heartbeat counts only
 * for the CLIs that it still has.
 */
export function lastSign(signs: SignsOfLife): Date {
  const { online, lastSeenAt, beatAt } = signs;
  return online && beatAt !== null && beatAt > lastSeenAt ? beatAt : lastSeenAt;
}

/** How a runtime looks from outside, by the age of its last sign of life. */
export function runtimeHealth(signs: SignsOfLife, now: Date): RuntimeHealth {
  const ageMs = now.getTime() - lastSign(signs).getTime();
  if (signs.online && ageMs < 45 * secondMs) return "online";
  if (ageMs < 5 * minuteMs) return "recently_lost";
  return ageMs < runtimeExpiringMs ? "offline" : "expiring";
}
