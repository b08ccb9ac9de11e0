import { classifyNotice } from "../core/limit-notice.ts";
import {
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import { failureOfEnding } from "../core/stream-ending.ts";
import type { RunItem, RunResult } from "../core/types.ts";
import { providerWaitMs } from "../core/provider-wait.ts";
import { classifyCodexFailure } from "./codex-failure.ts";
import { isToolItem, reasoningText, toolResultItem, toolUseItem } from "./codex-items.ts";
import { createCodexUsage } from "./codex-usage.ts";

/**
 * Reads `codex exec --json`. It names no model, and its usage is the whole thread's, so a resumed
 * run needs the totals that the earlier one ended with.
 */
export function createCodexExecMapper(input: MapperInput): RunMapper {
  let threadId: string | null = null;
  let model = input.model;
  let resumed = input.resumeSessionId !== null;
  let answer = "";
  let completed = false;
  let failure: string | null = null;
  const openTools = new Set<string>();
  const usage = createCodexUsage(input, () => `codex:${threadId ?? "thread"}`);

  const onWarning = (text: string): readonly RunItem[] => {
    model ??= modelInWarning(text);
    resumed ||= /session was recorded with model .* resuming with/i.test(text);
    return [{ type: "log", level: "warn", message: text }];
  };

  const onItem = (item: JsonObject, ended: boolean): readonly RunItem[] => {
    const id = stringAt(item, "id") ?? "";
    if (isToolItem(item)) {
      const use = openTools.has(id) ? [] : [toolUseItem(item)];
      openTools.add(id);
      return ended ? [...use, toolResultItem(item)] : use;
    }
    if (!ended) return [];
    const text = stringAt(item, "text") ?? "";
    switch (item["type"]) {
      case "agent_message":
        answer = text === "" ? answer : text;
        return text === "" ? [] : [{ type: "text", text }];
      case "reasoning": {
        const thought = reasoningText(item);
        return thought === "" ? [] : [{ type: "thinking", text: thought }];
      }
      // An error item is only a warning: turns that carry one do succeed.
      case "error":
        return onWarning(stringAt(item, "message") ?? "");
      default:
        return [];
    }
  };

  const onTurnCompleted = (line: JsonObject): readonly RunItem[] => {
    completed = true;
    failure = null;
    if (!isJsonObject(line["usage"])) return [];
    if (resumed && input.baseline === null) {
      usage.degrade(
        "partial",
        "The thread's totals before this run are not known, so earlier runs are counted too.",
      );
    }
    return usage.observe(line["usage"], {
      model: model ?? "codex",
      provider: input.usage.provider,
    });
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "thread.started":
        threadId = stringAt(line, "thread_id");
        return threadId === null
          ? []
          : [{ type: "status", text: "Thread started", sessionId: threadId }];
      case "item.started":
        return onItem(objectAt(line, "item"), false);
      case "item.completed":
        return onItem(objectAt(line, "item"), true);
      case "error": {
        const text = stringAt(line, "message") ?? "error";
        if (/^reconnecting/i.test(text)) return [{ type: "status", text, retry: true }];
        failure = text;
        return [];
      }
      case "turn.completed":
        return onTurnCompleted(line);
      case "turn.failed":
        completed = false;
        failure = stringAt(objectAt(line, "error"), "message") ?? failure ?? "The turn failed.";
        return [];
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line !== null) return dispatch(line);
      return text.trim() === ""
        ? []
        : [{ type: "log", level: "debug", message: text.slice(0, 500) }];
    },
    isTerminal: () => completed || failure !== null,
    finish(ending) {
      const ended = failure === null ? failureOfEnding(ending) : failedTurn(failure);
      const notice = completed ? classifyNotice(answer) : null;
      const succeeded = completed && notice === null;
      if (!completed)
        usage.degrade("none", "This mode reports no usage for a turn that did not complete.");
      const refusal =
        notice === null
          ? ended
          : { status: "failed" as const, error: answer, failureClass: notice };
      const result: RunResult = {
        ...(succeeded ? { status: "completed", error: null, failureClass: null } : refusal),
        answer: succeeded ? answer : "",
        sessionId: threadId,
        resumeRejected: false,
        sessionRetired: refusal.failureClass === "context_overflow" && !succeeded,
        retryAfterMs:
          succeeded || refusal.error === null
            ? null
            : providerWaitMs(refusal.error, ending.endedAtMs),
        usage: usage.totals(),
        coverage: usage.coverage(),
      };
      const items: RunItem[] =
        result.error === null ? [] : [{ type: "error", message: result.error }];
      return { items, result };
    },
    sessionTotals() {
      const totals = usage.threadTotals();
      if (totals === null) return null;
      return [{ model: model ?? "codex", provider: input.usage.provider, role: "main", ...totals }];
    },
  };
}

function failedTurn(text: string): Pick<RunResult, "status" | "error" | "failureClass"> {
  return { status: "failed", error: text, failureClass: classifyCodexFailure(null, text) };
}

/** The only place where this mode shows the model's name. */
function modelInWarning(text: string): string | null {
  return /^Model metadata for `([^`]+)` not found/.exec(text)?.[1] ?? null;
}
