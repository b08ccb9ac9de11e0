import { classifyFailure } from "../core/error-classifier.ts";
import {
  arrayAt,
  countAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import type { UsageCounts } from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { textOfContent } from "./claude-items.ts";
import { oneShotResult } from "./one-shot-result.ts";

/**
 * Reads the events of `pi --mode json` and `--mode rpc`. Every turn states its own usage; the last turn's stop reason decides,
 * because the process exits 0 even when the provider refused everything.
 */
export function createPiMapper(input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let settled = false;
  let answer = "";
  let last: JsonObject | null = null;
  let replyIsOpen = false;
  let replyBrokeOff = false;
  const ledger = createUsageLedger({
    source: input.usage.source,
    scope: () => `pi:${sessionId ?? "run"}`,
  });

  const onMessage = (message: JsonObject): readonly RunItem[] => {
    if (message["role"] !== "assistant") return [];
    replyIsOpen = false;
    if (isBrokenOff(message)) replyBrokeOff = true;
    const items = arrayAt(message, "content").flatMap((block): readonly RunItem[] => {
      if (!isJsonObject(block)) return [];
      const text = stringAt(block, "text") ?? "";
      const thought = stringAt(block, "thinking") ?? "";
      if (block["type"] === "text" && text !== "") return [{ type: "text", text }];
      return block["type"] === "thinking" && thought !== ""
        ? [{ type: "thinking", text: thought }]
        : [];
    });
    return [...items, ...book(message)];
  };

  const onTurn = (message: JsonObject): readonly RunItem[] => {
    last = message;
    const blocks = arrayAt(message, "content").filter((block) => isJsonObject(block));
    const texts = blocks.flatMap((block) => stringAt(block, "text") ?? []);
    const called = blocks.some((block) => block["type"] === "toolCall");
    if (!called && texts.length > 0) answer = texts.join("\n\n").trim();
    return book(message);
  };

  /** A reply is finished with its message, before its tools run; the turn repeats the figure. */
  const book = (message: JsonObject): readonly RunItem[] => {
    // A reply that was stopped carries the figures of its beginning, not of its end.
    if (message["stopReason"] === "aborted") return [];
    const usage = objectAt(message, "usage");
    const cost = objectAt(usage, "cost")["total"];
    const owner = {
      model: stringAt(message, "model") ?? input.model ?? "pi",
      provider: stringAt(message, "provider")?.toLowerCase() ?? null,
      role: "main",
    } as const;
    const id = stringAt(message, "responseId") ?? `turn-${countAt(message, "timestamp")}`;
    return ledger.call(id, owner, countsOf(usage), {
      raw: usage,
      reportedCostUsd:
        typeof cost === "number" && cost > 0 ? String(Number(cost.toFixed(12))) : null,
      reportedCostBasis: typeof cost === "number" && cost > 0 ? "estimated" : null,
    });
  };

  const onSession = (id: string | null): readonly RunItem[] => {
    if (id === null || sessionId !== null) return [];
    sessionId = id;
    return [{ type: "status", text: "Session started", sessionId }];
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "session":
        return onSession(stringAt(line, "id"));
      case "response":
        // The two-way mode names its session only when it is asked.
        return onSession(stringAt(objectAt(line, "data"), "sessionId"));
      case "turn_start":
        // The request is on its way from here on.
        replyIsOpen = true;
        return [];
      case "message_end":
        return onMessage(objectAt(line, "message"));
      case "turn_end":
        return onTurn(objectAt(line, "message"));
      case "tool_execution_start":
        return [
          {
            type: "tool_use",
            callId: stringAt(line, "toolCallId") ?? "",
            tool: stringAt(line, "toolName") ?? "tool",
            input: line["args"] ?? {},
          },
        ];
      case "tool_execution_end":
        return [
          {
            type: "tool_result",
            callId: stringAt(line, "toolCallId") ?? "",
            output: textOfContent(objectAt(line, "result")["content"]),
            isError: line["isError"] === true,
          },
        ];
      case "auto_retry_start": {
        const text = `Provider retry ${countAt(line, "attempt")} of ${countAt(line, "maxAttempts")} (${stringAt(line, "errorMessage") ?? "error"})`;
        return [{ type: "status", text, retry: true }];
      }
      case "agent_settled":
        settled = true;
        return [];
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      return line === null ? [] : dispatch(line);
    },
    isTerminal: () => settled,
    finish(ending) {
      const reason = last === null ? null : stringAt(last, "stopReason");
      const failed = reason === "error" || reason === "aborted";
      const text =
        (last === null ? null : stringAt(last, "errorMessage")) ?? "The last turn failed.";
      return oneShotResult(
        {
          completed: settled && last !== null && !failed,
          failure: failed
            ? { text, class: classifyFailure({ httpStatus: leadingStatus(text), text }) }
            : null,
          answer,
          sessionId,
          resumeRejected: false,
          gap: input.usage.gap,
          brokenReply: replyIsOpen || replyBrokeOff,
        },
        ending,
        ledger,
      );
    },
  };
}

function countsOf(usage: JsonObject): UsageCounts {
  const written = countAt(usage, "cacheWrite");
  const hourly = Math.min(written, countAt(usage, "cacheWrite1h"));
  return {
    input: countAt(usage, "input"),
    cacheRead: countAt(usage, "cacheRead"),
    cacheWrite5m: written - hourly,
    cacheWrite1h: hourly,
    output: countAt(usage, "output"),
    reasoning: countAt(usage, "reasoning"),
  };
}

/** Stopped, or lost on the way: an answer of the provider that refuses has its status in front. */
function isBrokenOff(message: JsonObject): boolean {
  const reason = stringAt(message, "stopReason");
  const text = stringAt(message, "errorMessage") ?? "";
  return reason === "aborted" || (reason === "error" && leadingStatus(text) === null);
}

/** Errors read `<http status> <body>`. */
function leadingStatus(text: string): number | null {
  const status = /^(\d{3})\b/.exec(text)?.[1];
  return status === undefined ? null : Number(status);
}
