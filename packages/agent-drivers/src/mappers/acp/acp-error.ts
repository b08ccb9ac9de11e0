import { parseJsonObject, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { objectOf } from "./json-value.ts";

/** A JSON-RPC error that an agent answered with. */
export type AcpError = {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
};

export function acpErrorFrom(error: JsonObject): AcpError {
  const code = error["code"];
  return {
    code: typeof code === "number" ? code : 0,
    message: stringAt(error, "message") ?? "error",
    data: error["data"],
  };
}

/** One sentence for people, without the JSON that some agents wrap around their provider's text. */
export function describeAcpError(error: AcpError): string {
  const inner = objectAt(parseJsonObject(error.message) ?? {}, "error");
  const message = stringAt(inner, "message") ?? error.message;
  const data = objectOf(error.data);
  const detail = stringAt(data, "details") ?? stringAt(data, "message");
  if (detail === null || message.includes(detail)) return withStatus(error.code, message);
  return withStatus(error.code, `${message}: ${detail}`);
}

/** Everything the error says, for matching: code, message and data as they came. */
export function acpErrorEvidence(error: AcpError): string {
  const data = error.data === undefined || error.data === null ? "" : JSON.stringify(error.data);
  return `${error.code} ${error.message} ${data}`.trim();
}

/** Some agents pass the provider's HTTP status on as the error's code. */
function withStatus(code: number, message: string): string {
  return code >= 400 && code < 600 && !message.includes(String(code))
    ? `${code} ${message}`
    : message;
}
