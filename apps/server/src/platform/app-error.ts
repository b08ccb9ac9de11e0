import type { ErrorCode } from "@headcount/contract/kit/error";

export type AppErrorOptions = {
  /** Machine-readable cause inside the code, `noun.condition` or a word of the error table. */
  readonly reason?: string;
  /** JSON that helps the caller, e.g. the current value of a conflict. Never secrets. */
  readonly details?: unknown;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
};

/** The only error that commands and queries throw on purpose; one mapper turns it into HTTP. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.reason = options.reason ?? code;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Missing and foreign things answer alike, so nobody learns that something exists elsewhere. */
export function notFound(noun: string): AppError {
  return new AppError("not_found", `No such ${noun}.`, { reason: `${noun}.not_found` });
}
