import { classifyFailure } from "../../core/error-classifier.ts";
import { stringAt } from "../../core/json.ts";
import type { FailureClass } from "../../core/types.ts";
import { acpErrorEvidence } from "./acp-error.ts";
import type { AcpError } from "./acp-error.ts";
import { objectOf } from "./json-value.ts";

/** The protocol's code for "log in first". Some agents use it for other failures too. */
const authenticationRequired = -32000;

/** Codes of the Claude bridge and our own agent (`errorKind`) and of the Codex bridge. */
const vendorCodes: Readonly<Record<string, FailureClass>> = {
  authentication_failed: "provider_auth_or_access",
  billing_error: "provider_quota_limit",
  rate_limit: "provider_capacity_or_rate_limit",
  overloaded: "provider_capacity_or_rate_limit",
  server_error: "provider_server_error",
  model_not_found: "model_not_found_or_unavailable",
  context_window_exceeded: "context_overflow",
  usage_limit_exceeded: "provider_quota_limit",
  server_overloaded: "provider_capacity_or_rate_limit",
  unauthorized: "provider_auth_or_access",
  internal_server_error: "provider_server_error",
  process_failure: "process_failure",
  response_stream_disconnected: "provider_network",
  http_connection_failed: "provider_network",
};

/** Class of a JSON-RPC error; codes of the agent and of HTTP win over its words. */
export function classifyAcpError(error: AcpError): FailureClass {
  const data = objectOf(error.data);
  const code = stringAt(data, "errorKind") ?? stringAt(data, "codex_error_info");
  const found = classifyFailure({
    httpStatus: error.code >= 400 && error.code < 600 ? error.code : null,
    code: code === null ? null : (vendorCodes[code] ?? null),
    text: acpErrorEvidence(error),
  });
  if (found !== "unknown" || error.code !== authenticationRequired) return found;
  return "provider_auth_or_access";
}
