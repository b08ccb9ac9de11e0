import { z } from "zod";

/** The eight codes are closed; detail goes into `reason`. */
export const ErrorCode = z.enum([
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "gone",
  "invalid",
  "limit_exceeded",
  "unavailable",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Body of every non-2xx reply. `message` is English for people; programs read `code` and `reason`. */
export const ErrorBody = z.object({
  code: ErrorCode,
  reason: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
  requestId: z.string(),
  retryAfterMs: z.number().int().nonnegative().optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export const httpStatusOf = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  invalid: 422,
  limit_exceeded: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;
