import { ErrorBody, type ErrorCode } from "@headcount/contract/kit/error";

export type ApiErrorFields = {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly message: string;
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly details?: unknown;
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
};

/** A call that was not answered with success, whatever the reason. Programs read `code` and `reason`. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly status: number;
  readonly details: unknown;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;

  constructor(fields: ApiErrorFields) {
    super(fields.message, { cause: fields.cause });
    this.name = "ApiError";
    this.code = fields.code;
    this.reason = fields.reason;
    this.status = fields.status;
    this.details = fields.details;
    this.requestId = fields.requestId ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

/** No answer arrived: refused, reset, name not found or too late. The outcome of a write is unknown. */
export function networkError(cause: unknown, url: string): ApiError {
  const what = messageWithCause(cause);
  return new ApiError({
    code: "unavailable",
    reason: "network",
    message: `No answer from ${new URL(url).origin}: ${what}`,
    status: 0,
    cause,
  });
}

/** Node says only "fetch failed" and puts the reason (refused, reset, unknown name) behind it. */
function messageWithCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}

/** Turns a reply that is not 2xx into an error, also when a proxy answered instead of the server. */
export function errorFromReply(reply: Response, body: unknown): ApiError {
  const parsed = ErrorBody.safeParse(body);
  const retryAfterMs = retryAfterHeaderMs(reply.headers.get("retry-after"));
  if (!parsed.success) {
    return new ApiError({
      code: codeOfStatus(reply.status),
      reason: `http_${reply.status}`,
      message: `The server answered ${reply.status} ${reply.statusText}`.trim(),
      status: reply.status,
      requestId: reply.headers.get("x-request-id"),
      retryAfterMs,
    });
  }
  return new ApiError({
    ...parsed.data,
    status: reply.status,
    retryAfterMs: parsed.data.retryAfterMs ?? retryAfterMs,
  });
}

/** The header's seconds form only; the date form depends on two clocks agreeing. */
function retryAfterHeaderMs(value: string | null): number | null {
  if (value === null || !/^\d+$/.test(value)) return null;
  return Number(value) * 1_000;
}

function codeOfStatus(status: number): ErrorCode {
  const known: Record<number, ErrorCode> = {
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    410: "gone",
    429: "limit_exceeded",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
  };
  return known[status] ?? (status >= 500 ? "internal" : "invalid");
}
