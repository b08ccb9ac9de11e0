import type { OutputOf, Route } from "@headcount/contract/kit/route";
import { ApiError } from "./api-error.ts";

/**
 * Checks a reply against its route. Unknown fields are dropped; a value that a list of words does
 * not know yet is passed on as it is, so that an older client goes on working with a newer server.
 *
 * @throws ApiError `internal`, reason `contract_mismatch`, when the shape itself is wrong
 */
export function readOutput<R extends Route>(route: R, body: unknown): OutputOf<R> {
  const parsed = route.output.safeParse(body);
  // The route's type parameter names its output schema; the parser only sees the widest form of it.
  if (parsed.success) return parsed.data as OutputOf<R>;
  const onlyUnknownWords = parsed.error.issues.every((issue) => issue.code === "invalid_value");
  if (onlyUnknownWords) return body as OutputOf<R>;
  throw new ApiError({
    code: "internal",
    reason: "contract_mismatch",
    message: `The reply to ${route.name} does not have the expected shape`,
    status: 200,
    details: parsed.error.issues.slice(0, 10),
  });
}
