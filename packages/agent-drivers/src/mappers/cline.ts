import { classifyFailure } from "../core/error-classifier.ts";
import {
  countAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { FailureClass, RunItem } from "../core/types.ts";
import {
  addCounts,
  disjointCounts,
  hasNegative,
  noUsage,
  subtractCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { createUsageLedger, type UsageOwner } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";

type HeldCall = { readonly id: string; readonly counts: UsageCounts; readonly raw: JsonObject };

/**
 * Reads `cline --json`. `run_result` ends a run and names the model; what it counts beyond the
 * calls of the main loop was used beside it. `run_aborted` takes a success back.
 */
export function createClineMapper(input: MapperInput): RunMapper {
  let result: JsonObject | null = null;
  let aborted = false;
  let errorClass: string | null = null;
  let scope = "run";
  let calls = noUsage;
  let callCount = 0;
  let held: HeldCall[] = [];
  const ledger = createUsageLedger({
    source: input.usage.source,
    scope: () => `cline:${scope}`,
  });

  const ownerOf = (role: UsageOwner["role"]): UsageOwner => {
    const model = objectAt(result ?? {}, "model");
    return {
      model: input.model ?? stringAt(model, "id") ?? "cline",
      provider: stringAt(model, "provider")?.toLowerCase() ?? input.usage.provider,
      role,
    };
  };

  /** A call does not say whose it is: without a configured model only the result knows. */
  const bookHeld = (): readonly RunItem[] => {
    const ready = held;
    held = [];
    const owner = ownerOf("main");
    return ready.flatMap(({ id, counts, raw }) => ledger.call(id, owner, counts, { raw }));
  };

  const onUsage = (event: JsonObject): readonly RunItem[] => {
    callCount += 1;
    const counts = countsOf(event);
    calls = addCounts(calls, counts);
    held.push({ id: String(callCount), counts, raw: event });
    return input.model === null ? [] : bookHeld();
  };

  const onResult = (line: JsonObject): readonly RunItem[] => {
    result = line;
    const booked = bookHeld();
    const raw = objectAt(line, "aggregateUsage");
    const rest = subtractCounts(countsOf(raw), calls);
    if (hasNegative(rest)) {
      ledger.degrade("partial", "Cline's total is smaller than the sum of its calls.");
      return booked;
    }
    return [...booked, ...ledger.call("beside", ownerOf("auxiliary"), rest, { raw })];
  };

  const onEvent = (event: JsonObject): readonly RunItem[] => {
    switch (event["type"]) {
      case "content_start":
        return event["contentType"] === "tool" ? [toolUse(event)] : [];
      case "content_end":
        return contentOf(event);
      case "usage":
        return onUsage(event);
      case "error":
        errorClass = stringAt(event, "errorClass");
        return [];
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line === null) return [];
      switch (line["type"]) {
        case "hook_event":
          scope = stringAt(line, "taskId") ?? scope;
          return [];
        case "agent_event":
          return onEvent(objectAt(line, "event"));
        case "run_result":
          return onResult(line);
        case "run_aborted":
          aborted = true;
          return [];
        default:
          return [];
      }
    },
    isTerminal: () => result !== null,
    finish(ending) {
      const items = bookHeld();
      const stated = result === null ? "" : (stringAt(result, "text") ?? "").trim();
      const completed = result?.["finishReason"] === "completed" && !aborted && stated !== "";
      const run = oneShotResult(
        {
          completed,
          failure: result === null || completed ? null : failureOf(stated, aborted, errorClass),
          answer: stated,
          // The stream names no session that could be continued.
          sessionId: null,
          resumeRejected: false,
          gap: input.usage.gap,
        },
        ending,
        ledger,
      );
      return { ...run, items: [...items, ...run.items] };
    },
  };
}

function toolUse(event: JsonObject): RunItem {
  return {
    type: "tool_use",
    callId: stringAt(event, "toolCallId") ?? "",
    tool: stringAt(event, "toolName") ?? "tool",
    input: event["input"] ?? {},
  };
}

/** Deltas are left out: the end of a content repeats all of it. */
function contentOf(event: JsonObject): readonly RunItem[] {
  const text = stringAt(event, "text") ?? "";
  if (event["contentType"] !== "tool") {
    if (text === "") return [];
    return [{ type: event["contentType"] === "text" ? "text" : "thinking", text }];
  }
  const output = partsOf(event["output"]);
  const parts = output.filter(isJsonObject);
  return [
    {
      type: "tool_result",
      callId: stringAt(event, "toolCallId") ?? "",
      output: output.map(resultText).join("\n"),
      isError: parts.some((part) => part["success"] === false),
    },
  ];
}

/** One result for each command or file, or what a tool of an MCP server has answered. */
function partsOf(output: unknown): readonly unknown[] {
  if (Array.isArray(output)) return output;
  const told = isJsonObject(output) ? output["content"] : undefined;
  return Array.isArray(told) ? told : [output];
}

function resultText(part: unknown): string {
  if (!isJsonObject(part)) return typeof part === "string" ? part : JSON.stringify(part ?? "");
  const told = ["text", "result", "error"].map((name) => stringAt(part, name));
  return told.filter((text) => text !== null && text !== "").join("\n");
}

function countsOf(usage: JsonObject): UsageCounts {
  return disjointCounts(
    {
      ...noUsage,
      input: countAt(usage, "inputTokens"),
      cacheRead: countAt(usage, "cacheReadTokens"),
      cacheWrite5m: countAt(usage, "cacheWriteTokens"),
      output: countAt(usage, "outputTokens"),
    },
    { inputIncludes: ["cacheRead", "cacheWrite"], outputExcludesReasoning: false },
  );
}

const errorClasses: Readonly<Record<string, FailureClass>> = {
  auth: "provider_auth_or_access",
};

function failureOf(
  text: string,
  aborted: boolean,
  errorClass: string | null,
): { readonly text: string; readonly class: FailureClass } {
  if (aborted) return { text: "Cline aborted its run.", class: "process_failure" };
  if (text === "") {
    return { text: "Cline ended without an answer.", class: "empty_or_unparseable_output" };
  }
  // Bun's words for a body that was cut off.
  const lost = /socket connection was closed/i.test(text) ? "provider_network" : null;
  const code = lost ?? (errorClass === null ? null : (errorClasses[errorClass] ?? null));
  return { text, class: classifyFailure({ code, text }) };
}
