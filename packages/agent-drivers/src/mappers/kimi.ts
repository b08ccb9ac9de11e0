import { classifyFailure } from "../core/error-classifier.ts";
import {
  arrayAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { FailureClass, RunItem } from "../core/types.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { textOfContent } from "./claude-items.ts";
import { oneShotResult } from "./one-shot-result.ts";

/**
 * Reads Kimi's `--output-format stream-json`. A run that went well ends with a hint how to resume
 * it; failures are told on stderr only, and token counts stand in the CLI's own files.
 */
export function createKimiMapper(_input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let answer = "";
  let retry: JsonObject | null = null;
  const ledger = createUsageLedger({ source: "kimi.stream", scope: () => "kimi" });
  ledger.degrade("none", "This stream holds no token counts.");

  const onAssistant = (line: JsonObject): readonly RunItem[] => {
    retry = null;
    const text = textOfContent(line["content"] ?? "").trim();
    const calls = arrayAt(line, "tool_calls").filter((call) => isJsonObject(call));
    answer = calls.length === 0 ? text : "";
    const said: readonly RunItem[] = text === "" ? [] : [{ type: "text", text }];
    return [...said, ...calls.map((call) => toolUse(call))];
  };

  const onMeta = (line: JsonObject): readonly RunItem[] => {
    if (line["type"] === "session.resume_hint") {
      sessionId = stringAt(line, "session_id");
      return sessionId === null ? [] : [{ type: "status", text: "Session ended", sessionId }];
    }
    if (line["type"] !== "turn.step.retrying") return [];
    retry = line;
    const why = stringAt(line, "error_message") ?? "error";
    return [{ type: "status", text: `Provider retry (${why})`, retry: true }];
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line === null) return [];
      switch (line["role"]) {
        case "assistant":
          return onAssistant(line);
        case "tool":
          return [
            {
              type: "tool_result",
              callId: stringAt(line, "tool_call_id") ?? "",
              output: textOfContent(line["content"]),
              isError: line["is_error"] === true,
            },
          ];
        case "meta":
          return onMeta(line);
        default:
          return [];
      }
    },
    isTerminal: () => sessionId !== null,
    finish: (ending) =>
      oneShotResult(
        {
          completed: sessionId !== null && answer !== "",
          failure: retry === null ? null : failureOfRetry(retry),
          answer,
          sessionId,
          resumeRejected: false,
          gap: null,
        },
        ending,
        ledger,
      ),
  };
}

/** What the provider kept answering when the run ended in the middle of retries. */
function failureOfRetry(retry: JsonObject): { text: string; class: FailureClass } {
  const text = stringAt(retry, "error_message") ?? "error";
  const status = retry["status_code"];
  if (typeof status === "number")
    return { text, class: classifyFailure({ httpStatus: status, text }) };
  const lost = stringAt(retry, "error_name") === "APIConnectionError";
  return { text, class: lost ? "provider_network" : classifyFailure({ text }) };
}

function toolUse(call: JsonObject): RunItem {
  const fn = objectAt(call, "function");
  const given = stringAt(fn, "arguments") ?? "";
  return {
    type: "tool_use",
    callId: stringAt(call, "id") ?? "",
    tool: stringAt(fn, "name") ?? "tool",
    input: parseJsonObject(given) ?? { arguments: given },
  };
}
