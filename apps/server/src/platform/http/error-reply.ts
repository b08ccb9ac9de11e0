import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorBody, httpStatusOf } from "@headcount/contract/kit/error";
import { AppError } from "../app-error.ts";
import { isUnstorableValue } from "../database.ts";
import type { HttpParts, RequestContext } from "./http-parts.ts";

/** Answers with the one shape of every error; an internal one is logged with its cause. */
export function replyWithError(c: RequestContext, error: unknown, parts: HttpParts): Response {
  const known = toAppError(error);
  if (known.code === "internal") {
    parts.services.log.error({ requestId: c.get("requestId"), err: error }, "request failed");
  }
  const body: ErrorBody = {
    code: known.code,
    reason: known.reason,
    message: known.message,
    ...(known.details === undefined ? {} : { details: known.details }),
    requestId: c.get("requestId") ?? "",
    ...(known.retryAfterMs === undefined ? {} : { retryAfterMs: known.retryAfterMs }),
  };
  if (known.retryAfterMs !== undefined)
    c.header("Retry-After", String(Math.ceil(known.retryAfterMs / 1000)));
  return c.json(body, statusOf(c, known));
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isUnstorableValue(error)) {
    return new AppError("invalid", "A value is out of range or cannot be stored.", {
      reason: "validation",
      cause: error,
    });
  }
  return new AppError("internal", "Something went wrong on the server. The log has the details.", {
    cause: error,
  });
}

function statusOf(c: RequestContext, error: AppError): ContentfulStatusCode {
  if (error.reason === "too_large") return 413;
  const own = error.code === "invalid" ? c.get("invalidStatus") : undefined;
  return own ?? httpStatusOf[error.code];
}
