import { objectAt, type JsonObject } from "../core/json.ts";

/**
 * When an account has quota again, by a snapshot of its limits (`rateLimits` of
 * `account/rateLimits/updated`): each window has `usedPercent` and `resetsAt`, in seconds since
 * 1970. Of windows that are used up the last one to reset counts; null when none is. Source: Codex
 * 0.169.0, recorded.
 */
export function codexResetsAt(limits: JsonObject): number | null {
  const resets = ["primary", "secondary"].flatMap((name) => {
    const window = objectAt(limits, name);
    const { usedPercent, resetsAt } = window;
    const isUsedUp = typeof usedPercent === "number" && usedPercent >= 100;
    return isUsedUp && typeof resetsAt === "number" && resetsAt > 0 ? [resetsAt] : [];
  });
  return resets.length === 0 ? null : Math.max(...resets);
}
