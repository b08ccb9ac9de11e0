import { JsonRpcError, methodNotFound } from "../../core/json-rpc-peer.ts";
import { arrayAt, isJsonObject, type JsonObject } from "../../core/json.ts";

/**
 * Answers a question of the app server for this one time. Throws `JsonRpcError` for everything
 * that only a person could answer.
 */
export function answerCodexRequest(method: string, params: JsonObject): unknown {
  switch (method) {
    case "item/commandExecution/requestApproval":
    case "item/fileChange/requestApproval":
      return { decision: offeredOnce(params) };
    case "execCommandApproval":
    case "applyPatchApproval":
      return { decision: "approved" };
    case "item/permissions/requestApproval":
      return { permissions: params["permissions"] ?? {}, scope: "turn" };
    case "mcpServer/elicitation/request":
      return { action: "accept", content: null };
    default:
      throw new JsonRpcError(methodNotFound, `${method} cannot be answered here`);
  }
}

/** `accept` is for this call only; where the CLI lists its options it must be among them. */
function offeredOnce(params: JsonObject): string {
  const offered = arrayAt(params, "availableDecisions");
  if (offered.length === 0 || offered.includes("accept")) return "accept";
  const named = offered.find((option) => isJsonObject(option) && "accept" in option);
  if (named !== undefined) return "accept";
  return offered.includes("decline") ? "decline" : "cancel";
}
