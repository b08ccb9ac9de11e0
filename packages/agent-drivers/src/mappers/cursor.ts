import { classifyFailure } from "../core/error-classifier.ts";
import { arrayAt, countAt, isJsonObject, objectAt, stringAt } from "../core/json.ts";
import { parseJsonObject, type JsonObject } from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import { noUsage } from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { itemsOfAssistant, textOfContent } from "./claude-items.ts";
import { oneShotResult } from "./one-shot-result.ts";

/**
 * Reads `cursor-agent --output-format stream-json`. The `result` ends a run and is the only line
 * with tokens; its text joins everything that was said, so the answer is what came after the last
 * tool call.
 */
export function createCursorMapper(input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let model: string | null = null;
  let result: JsonObject | null = null;
  let systemError: string | null = null;
  let answer = "";
  let thought = "";
  const started = new Set<string>();
  const ledger = createUsageLedger({
    source: input.usage.source,
    scope: () => `cursor:${sessionId ?? "run"}`,
  });

  const onAssistant = (line: JsonObject): readonly RunItem[] => {
    const items = itemsOfAssistant(line);
    for (const item of items) {
      if (item.type === "tool_use") answer = "";
      if (item.type === "text") answer += item.text;
    }
    return items;
  };

  const onThinking = (line: JsonObject): readonly RunItem[] => {
    thought += line["subtype"] === "delta" ? (stringAt(line, "text") ?? "") : "";
    if (line["subtype"] !== "completed" || thought === "") return [];
    const text = thought;
    thought = "";
    return [{ type: "thinking", text }];
  };

  const onToolCall = (line: JsonObject): readonly RunItem[] => {
    // Some builds put a second id on a second line.
    const callId = (stringAt(line, "call_id") ?? "").split("\n")[0] ?? "";
    const [kind, call] = Object.entries(objectAt(line, "tool_call"))[0] ?? ["toolCall", {}];
    const details: JsonObject = isJsonObject(call) ? call : {};
    const use: RunItem = {
      type: "tool_use",
      callId,
      tool: kind.replace(/ToolCall$/, ""),
      input: details["args"] ?? {},
    };
    const isNew = !started.has(callId);
    started.add(callId);
    answer = "";
    if (line["subtype"] !== "completed") return isNew ? [use] : [];
    const outcome = objectAt(details, "result");
    const isError = "error" in outcome || "rejected" in outcome;
    const output = textOfContent(outcome["success"] ?? outcome["error"] ?? outcome);
    const done: RunItem = {
      type: "tool_result",
      callId,
      output: output === "" ? JSON.stringify(outcome) : output,
      isError,
    };
    return isNew ? [use, done] : [done];
  };

  const onResult = (line: JsonObject): readonly RunItem[] => {
    result = line;
    const usage = objectAt(line, "usage");
    if (!("usage" in line)) {
      ledger.degrade("none", "Cursor's result holds no token counts for this run.");
      return [];
    }
    const owner = {
      model: model ?? input.model ?? "cursor",
      provider: input.usage.provider,
      role: "main",
    } as const;
    const counts = {
      ...noUsage,
      input: countAt(usage, "inputTokens"),
      cacheRead: countAt(usage, "cacheReadTokens"),
      cacheWrite5m: countAt(usage, "cacheWriteTokens"),
      output: countAt(usage, "outputTokens"),
    };
    return ledger.raise(owner, counts, { raw: usage });
  };

  const onSystem = (line: JsonObject): readonly RunItem[] => {
    if (line["subtype"] === "error") systemError = stringAt(line, "message") ?? "Cursor failed.";
    if (line["subtype"] !== "init") return [];
    model = stringAt(line, "model");
    return [];
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "system":
        return onSystem(line);
      case "assistant":
        return onAssistant(line);
      case "thinking":
        return onThinking(line);
      case "tool_call":
        return onToolCall(line);
      case "result":
        return onResult(line);
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text.replace(/^(stdout|stderr):\s*/, ""));
      if (line === null) return [];
      const id = stringAt(line, "session_id");
      const news: RunItem[] = [];
      if (sessionId === null && id !== null && id !== "") {
        sessionId = id;
        news.push({ type: "status", text: "Session started", sessionId: id });
      }
      return [...news, ...dispatch(line)];
    },
    isTerminal: () => result !== null,
    finish(ending) {
      const text = failureText(result, systemError);
      return oneShotResult(
        {
          completed: result !== null && text === null && answer.trim() !== "",
          failure: text === null ? null : { text, class: classifyFailure({ text }) },
          answer: answer.trim(),
          sessionId,
          resumeRejected: false,
          gap: input.usage.gap,
        },
        ending,
        ledger,
      );
    },
  };
}

function failureText(result: JsonObject | null, systemError: string | null): string | null {
  if (result === null) return systemError;
  if (result["is_error"] !== true && result["subtype"] !== "error") return null;
  const stated = stringAt(result, "result") ?? arrayAt(result, "errors").join("; ");
  return stated === "" ? (systemError ?? "Cursor's run failed.") : stated;
}
