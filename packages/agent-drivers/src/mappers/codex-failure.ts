import { classOfStatus, classifyFailure } from "../core/error-classifier.ts";
import { isJsonObject } from "../core/json.ts";
import type { FailureClass } from "../core/types.ts";

/** `codexErrorInfo` variants that name a class by themselves. */
const classes: Readonly<Record<string, FailureClass>> = {
  contextWindowExceeded: "context_overflow",
  sessionBudgetExceeded: "provider_quota_limit",
  usageLimitExceeded: "provider_quota_limit",
  rateLimitExceeded: "provider_capacity_or_rate_limit",
  serverOverloaded: "provider_capacity_or_rate_limit",
  modelNotFound: "model_not_found_or_unavailable",
  unauthorized: "provider_auth_or_access",
  internalServerError: "provider_server_error",
  sandboxError: "process_failure",
};

/** Variants about the connection; their HTTP status is more telling when there is one. */
const connectionVariants = new Set([
  "httpConnectionFailed",
  "responseStreamConnectionFailed",
  "responseStreamDisconnected",
  "responseTooManyFailedAttempts",
]);

/** Codex's fixed wording for an HTTP 5xx, which carries no number. */
const serverErrorWording = /currently experiencing high demand, which may cause temporary errors/i;

/** Classifies a turn's error from its structured info, and by its text where there is none. */
export function classifyCodexFailure(info: unknown, text: string): FailureClass {
  const variant = variantOf(info);
  const status = variant === undefined || !isJsonObject(info) ? null : statusOf(info[variant]);
  const byVariant = variant === undefined ? undefined : classes[variant];
  if (byVariant !== undefined) return byVariant;
  const byStatus = classOfStatus(status);
  if (byStatus !== null) return byStatus;
  if (serverErrorWording.test(text)) return "provider_server_error";
  const byText = classifyFailure({ text });
  if (byText !== "unknown" || variant === undefined) return byText;
  return connectionVariants.has(variant) ? "provider_network" : "unknown";
}

function variantOf(info: unknown): string | undefined {
  if (typeof info === "string") return info;
  return isJsonObject(info) ? Object.keys(info)[0] : undefined;
}

function statusOf(detail: unknown): number | null {
  const status = isJsonObject(detail) ? detail["httpStatusCode"] : null;
  return typeof status === "number" ? status : null;
}
