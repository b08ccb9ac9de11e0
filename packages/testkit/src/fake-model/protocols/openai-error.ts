import type { ErrorReply } from "../scenario.ts";

type TypeAndCode = readonly [type: string, code: string | null];

const ERROR_TYPES: Readonly<Record<number, TypeAndCode>> = {
  400: ["invalid_request_error", null],
  401: ["invalid_request_error", "invalid_api_key"],
  404: ["invalid_request_error", "model_not_found"],
  429: ["rate_limit_error", "rate_limit_exceeded"],
  500: ["server_error", null],
};

export type OpenAiError = {
  readonly message: string;
  readonly type: string;
  readonly param: null;
  readonly code: string | null;
};

/** The error body that Chat Completions and Responses have in common. */
export function openAiError(error: ErrorReply): { readonly error: OpenAiError } {
  const [type, code] = ERROR_TYPES[error.status] ?? (["server_error", null] satisfies TypeAndCode);
  return {
    error: {
      message: error.message ?? `fake error ${error.status}`,
      type: error.type ?? type,
      param: null,
      code,
    },
  };
}
