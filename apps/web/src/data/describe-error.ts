import { ApiError } from "@headcount/client/api-error";
import type { Catalogue } from "../i18n/catalogue.ts";
import { GoneCode } from "./gone-code.ts";

/** What happened and what to do, in the reader's language, by the error's reason and code. */
export function describeError(error: unknown, text: Catalogue): string {
  if (error instanceof GoneCode) {
    return error.isReplaced ? text.errors.byCode.replaced_app : text.errors.byCode.missing_code;
  }
  if (!(error instanceof ApiError)) return text.errors.byCode.internal;
  const byReason: Readonly<Record<string, string>> = text.errors.byReason;
  const byCode: Readonly<Record<string, string>> = text.errors.byCode;
  return byReason[error.reason] ?? byCode[error.code] ?? error.message;
}

/** The id to quote when asking for help; null when the server never answered. */
export function requestIdOf(error: unknown): string | null {
  return error instanceof ApiError ? error.requestId : null;
}
