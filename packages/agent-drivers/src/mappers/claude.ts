import { classifyNotice } from "../core/limit-notice.ts";
import { createFinalAnswer } from "../core/final-answer.ts";
import {
  arrayAt,
  countAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper, StreamEnding } from "../core/run-mapper.ts";
import type { RunItem, RunResult } from "../core/types.ts";
import { itemsOfAssistant, itemsOfUser, startedInBackground } from "./claude-items.ts";
import { createClaudeLimits } from "./claude-limits.ts";
import { claudeOutcome, claudeWaitMs } from "./claude-outcome.ts";
import { createClaudeUsage } from "./claude-usage.ts";

export type ClaudeMapper = RunMapper & {
  sessionId(): string | null;
};

/**
 * Reads the stream-json output of Claude Code (`--output-format stream-json`). Only a `result`
 * line ends a run; lines of unknown types are counted and otherwise ignored.
 */
export function createClaudeMapper(input: MapperInput): ClaudeMapper {
  let sessionId: string | null = null;
  let result: JsonObject | null = null;
  let errorCode: string | null = null;
  let retry: JsonObject | null = null;
  let background = false;
  let unknownLines = 0;
  const answer = createFinalAnswer();
  const limits = createClaudeLimits();
  const usage = createClaudeUsage(input, () => `claude:${sessionId ?? "run"}`);

  const learnSession = (line: JsonObject): readonly RunItem[] => {
    // The result of a refused resume carries an id under which nothing can be found.
    const id = line["type"] === "result" ? null : stringAt(line, "session_id");
    if (id === null || id === "" || sessionId !== null) return [];
    sessionId = id;
    return [{ type: "status", text: "Session started", sessionId: id }];
  };

  const onAssistant = (line: JsonObject): readonly RunItem[] => {
    const code = stringAt(line, "error");
    if (code !== null) errorCode = code;
    if (stringAt(objectAt(line, "message"), "model") === "<synthetic>") return [];
    retry = null;
    limits.answered();
    if (stringAt(line, "parent_tool_use_id") === null) observeAnswer(answer, line);
    return [...itemsOfAssistant(line), ...usage.assistant(line)];
  };

  const onSystem = (line: JsonObject): readonly RunItem[] => {
    if (line["subtype"] === "init") return mcpWarnings(line);
    if (line["subtype"] === "api_retry") {
      retry = line;
      usage.retried(line);
      return [{ type: "status", text: retryText(line), retry: true }];
    }
    if (line["subtype"] === "compact_boundary") {
      return [{ type: "status", text: "Conversation compacted" }];
    }
    return [];
  };

  const onUser = (line: JsonObject): readonly RunItem[] => {
    usage.user(line);
    background ||= startedInBackground(line);
    return itemsOfUser(line);
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "system":
        return onSystem(line);
      case "assistant":
        return onAssistant(line);
      case "user":
        return onUser(line);
      case "stream_event":
        return usage.streamEvent(line);
      case "control_response":
        usage.controlAnswer(line);
        return [];
      case "result":
        result = line;
        return usage.result(line);
      case "rate_limit_event":
        limits.observe(line);
        return [];
      case "control_request":
      case "control_cancel_request":
      case "log":
        return [];
      default:
        unknownLines += 1;
        return [];
    }
  };

  const resultOf = (ending: StreamEnding): RunResult => {
    const outcome = claudeOutcome({
      result,
      ending,
      errorCode,
      retry,
      refusal: limits.refusal(),
      background,
      resumeSessionId: input.resumeSessionId,
      sessionId,
    });
    const text = outcome.status === "completed" ? answerText(result, answer.text()) : "";
    const notice = classifyNotice(text);
    const settled = usage.settled();
    const base = { ...outcome, usage: settled.usage, coverage: settled.coverage, answer: text };
    if (notice === null) return base;
    return {
      ...base,
      status: "failed",
      answer: "",
      error: text,
      failureClass: notice,
      sessionRetired: notice === "context_overflow",
      retryAfterMs: claudeWaitMs({ refusal: limits.refusal(), ending }, notice, text),
    };
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line === null) return text.trim() === "" ? [] : [noise(text)];
      return [...learnSession(line), ...dispatch(line)];
    },
    isTerminal: () => result !== null,
    sessionId: () => sessionId,
    acceptSessionFile(lines) {
      if (result !== null) return [];
      // Without a stream the file is all there is, and its records need the same keys.
      sessionId ??=
        lines.map((line) => stringAt(line, "sessionId")).find((id) => id !== null) ?? null;
      return usage.sessionFile(lines);
    },
    finish(ending) {
      const items: RunItem[] = [];
      if (unknownLines > 0) {
        items.push({
          type: "log",
          level: "debug",
          message: `${unknownLines} lines of unknown type`,
        });
      }
      const run = resultOf(ending);
      if (run.error !== null) items.push({ type: "error", message: run.error });
      return { items, result: run };
    },
    sessionTotals: () => usage.sessionTotals(),
  };
}

function observeAnswer(answer: ReturnType<typeof createFinalAnswer>, line: JsonObject): void {
  const message = objectAt(line, "message");
  const turn = stringAt(message, "id") ?? "";
  for (const block of arrayAt(message, "content")) {
    if (!isJsonObject(block)) {
      answer.observe(turn, { kind: "unreadable" });
      continue;
    }
    const type = block["type"];
    const text = stringAt(block, "text");
    if (type === "text" && text !== null) answer.observe(turn, { kind: "text", text });
    else if (type === "thinking" || type === "redacted_thinking")
      answer.observe(turn, { kind: "thinking" });
    else if (type === "tool_use" || type === "server_tool_use")
      answer.observe(turn, { kind: "tool" });
    else answer.observe(turn, { kind: "unreadable" });
  }
}

function answerText(result: JsonObject | null, spoken: string): string {
  const stated = (result === null ? null : stringAt(result, "result"))?.trim() ?? "";
  return stated === "" ? spoken : stated;
}

function retryText(line: JsonObject): string {
  const status = line["error_status"];
  const why = typeof status === "number" ? `HTTP ${status}` : "connection lost";
  const seconds = Math.max(1, Math.round(countAt(line, "retry_delay_ms") / 1000));
  return `Provider retry ${countAt(line, "attempt")} of ${countAt(line, "max_retries")} in ${seconds} s (${why})`;
}

function mcpWarnings(line: JsonObject): readonly RunItem[] {
  return arrayAt(line, "mcp_servers").flatMap((server): readonly RunItem[] => {
    if (!isJsonObject(server) || server["status"] === "connected") return [];
    const name = stringAt(server, "name") ?? "unnamed";
    const message = `MCP server ${name} is not connected (${stringAt(server, "status") ?? "unknown"})`;
    return [{ type: "log", level: "warn", message }];
  });
}

function noise(text: string): RunItem {
  return { type: "log", level: "debug", message: text.slice(0, 500) };
}
