import type { FailureReason } from "@headcount/contract/tasks/states";
import { usableWaitMs } from "./usable-wait.ts";

/** Longest wait for a quota's reset that is believed. */
export const longestQuotaWaitMs = 7 * 24 * 60 * 60_000;
/** Retries of one account start spread over this time after the reset. */
export const quotaSpreadMs = 60_000;

/**
 * Milliseconds until the account that a failed run used has quota again; null when the failure was
 * another one, or when the reset is unknown or too far away to be believed.
 */
export function quotaWaitMs(failure: {
  readonly reason: FailureReason;
  readonly retryAfterMs: number | null;
}): number | null {
  if (failure.reason !== "agent_error.provider_quota_limit") return null;
  return usableWaitMs(failure.retryAfterMs, longestQuotaWaitMs);
}
