import { classifyFailure } from "../core/error-classifier.ts";
import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { FailureClass, RunItem } from "../core/types.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";

/**
 * Reads Copilot CLI's `--output-format json`. Its result says only how the process ended, and says
 * 0 even when a signal ended it, so the last turn has to hold an answer. Tokens stand in a file.
 */
export function createCopilotMapper(_input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let exitCode: unknown = null;
  let answer = "";
  let failure: { text: string; class: FailureClass } | null = null;
  const ledger = createUsageLedger({ source: "copilot.stream", scope: () => "copilot" });
  ledger.degrade("none", "This stream holds no token counts.");

  const onMessage = (data: JsonObject): readonly RunItem[] => {
    const text = (stringAt(data, "content") ?? "").trim();
    answer = arrayAt(data, "toolRequests").length === 0 ? text : "";
    const thought = stringAt(data, "reasoningText") ?? "";
    return [
      ...(thought === "" ? [] : [{ type: "thinking", text: thought } as const]),
      ...(text === "" ? [] : [{ type: "text", text } as const]),
    ];
  };

  const onError = (data: JsonObject): readonly RunItem[] => {
    const text = stringAt(data, "message") ?? "error";
    const status = data["statusCode"];
    const httpStatus = typeof status === "number" ? status : null;
    failure = { text, class: classifyFailure({ httpStatus, text }) };
    return [];
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    const data = objectAt(line, "data");
    switch (line["type"]) {
      case "assistant.turn_start":
        answer = "";
        return [];
      case "assistant.message":
        return onMessage(data);
      case "assistant.turn_retry":
        return [
          {
            type: "status",
            text: `Provider retry (${stringAt(data, "reason") ?? "error"})`,
            retry: true,
          },
        ];
      case "tool.execution_start":
        return [
          {
            type: "tool_use",
            callId: stringAt(data, "toolCallId") ?? "",
            tool: stringAt(data, "toolName") ?? "tool",
            input: data["arguments"] ?? {},
          },
        ];
      case "tool.execution_complete":
        return [
          {
            type: "tool_result",
            callId: stringAt(data, "toolCallId") ?? "",
            output:
              stringAt(objectAt(data, "result"), "content") ??
              stringAt(objectAt(data, "error"), "message") ??
              "",
            isError: data["success"] === false,
          },
        ];
      case "session.error":
        return onError(data);
      case "result":
        exitCode = line["exitCode"];
        sessionId = stringAt(line, "sessionId");
        return sessionId === null ? [] : [{ type: "status", text: "Session ended", sessionId }];
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      return line === null ? [] : dispatch(line);
    },
    isTerminal: () => exitCode !== null,
    finish: (ending) =>
      oneShotResult(
        {
          completed: exitCode === 0 && failure === null && answer !== "",
          failure,
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
