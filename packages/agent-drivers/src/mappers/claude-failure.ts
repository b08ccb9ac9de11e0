import { classifyFailure } from "../core/error-classifier.ts";
import { classifyNotice } from "../core/limit-notice.ts";
import type { FailureClass } from "../core/types.ts";

/** Claude Code's `error` member of synthetic assistant lines and retry notices. */
const errorCodes: Readonly<Record<string, FailureClass>> = {
  billing_error: "provider_quota_limit",
  authentication_failed: "provider_auth_or_access",
  oauth_org_not_allowed: "provider_auth_or_access",
  rate_limit: "provider_capacity_or_rate_limit",
  overloaded: "provider_capacity_or_rate_limit",
  server_error: "provider_server_error",
  model_not_found: "model_not_found_or_unavailable",
};

/** `terminal_reason` values of the result that name a class by themselves. */
const terminalReasons: Readonly<Record<string, FailureClass>> = {
  prompt_too_long: "context_overflow",
  rapid_refill_breaker: "context_overflow",
  blocking_limit: "provider_quota_limit",
  budget_exhausted: "provider_quota_limit",
  malformed_tool_use_exhausted: "empty_or_unparseable_output",
  structured_output_retry_exhausted: "empty_or_unparseable_output",
};

/** Endings after which the history itself is what fails, so that resuming repeats the failure. */
const retiringReasons = new Set([
  "prompt_too_long",
  "rapid_refill_breaker",
  "image_error",
  "malformed_tool_use_exhausted",
  "max_turns",
]);

export type ClaudeFailure = {
  readonly terminalReason: string | null;
  /** Line-level `error` of the last synthetic assistant line or retry notice. */
  readonly errorCode: string | null;
  readonly httpStatus: number | null;
  readonly errorType: string | null;
  readonly text: string;
};

export function classifyClaudeFailure(failure: ClaudeFailure): FailureClass {
  const byReason =
    failure.terminalReason === null ? undefined : terminalReasons[failure.terminalReason];
  const byCode = failure.errorCode === null ? undefined : errorCodes[failure.errorCode];
  // A plan that is used up carries the code of a rate limit, and only its notice tells them apart.
  const isUsedUp =
    byCode === "provider_capacity_or_rate_limit" &&
    classifyNotice(failure.text.split("\n", 1)[0] ?? "") === "provider_quota_limit";
  return classifyFailure({
    code: byReason ?? (isUsedUp ? "provider_quota_limit" : byCode) ?? null,
    httpStatus: failure.httpStatus,
    text: `${failure.errorType ?? ""} ${failure.text}`,
  });
}

/** True when the session must not be resumed again. */
export function retiresClaudeSession(failure: ClaudeFailure, failureClass: FailureClass): boolean {
  if (failureClass === "context_overflow") return true;
  if (failure.terminalReason !== null && retiringReasons.has(failure.terminalReason)) return true;
  const refusedHistory =
    failure.httpStatus === 400 && failure.errorType === "invalid_request_error";
  return refusedHistory && failureClass === "unknown";
}
