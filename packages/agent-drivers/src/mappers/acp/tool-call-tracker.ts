import type { RunItem } from "../../core/types.ts";
import { isEmptyValue, listOf, recordOf, textOf } from "./json-access.ts";
import type { JsonRecord } from "./json-access.ts";
import { contentDiff, contentText, toolOutputText } from "./tool-call-text.ts";

/**
 * Turns tool frames into one `tool_use` and one `tool_result` per call, whatever order and
 * completeness the agent sends them in: the input may come after the start, may be streamed as
 * growing JSON text, and a call may be completed that never began.
 */
export class ToolCallTracker {
  readonly #calls = new Map<string, ToolCall>();
  readonly #toolPattern: RegExp | null;

  constructor(toolPattern: RegExp | null) {
    this.#toolPattern = toolPattern;
  }

  /** A `tool_call` or `tool_call_update`. */
  observe(update: JsonRecord): readonly RunItem[] {
    return this.#observe(update, "update");
  }

  /** The `toolCall` of a permission request: the call is about to run with what is known of it. */
  observeQuestion(toolCall: JsonRecord): readonly RunItem[] {
    return this.#observe(toolCall, "question");
  }

  #observe(frame: JsonRecord, origin: "update" | "question"): readonly RunItem[] {
    const callId = textOf(frame["toolCallId"]);
    if (callId === null) return [];
    const call = this.#calls.get(callId) ?? newCall(callId);
    this.#calls.set(callId, call);
    if (call.finished) return [];
    const isTerminal = merge(call, frame, origin);
    const items: RunItem[] = [];
    if (!call.started && (isTerminal || isReadyToStart(call, origin))) {
      call.started = true;
      const input = call.input ?? fallbackInput(call);
      items.push({ type: "tool_use", callId, tool: this.#toolName(call), input, ...subagentOf(call) });
    }
    if (isTerminal) {
      call.finished = true;
      const output = toolOutputText(call.rawOutput, call.content);
      items.push({ type: "tool_result", callId, output, isError: call.status === "failed", ...subagentOf(call) });
    }
    return items;
  }

  #toolName(call: ToolCall): string {
    const fromId = this.#toolPattern?.exec(call.id)?.[1];
    if (call.name !== null) return call.name;
    if (fromId !== undefined) return fromId;
    // A one-word title is a tool's name; a sentence is a description of this call.
    if (call.title !== null && /^\S+$/.test(call.title)) return call.title;
    return call.kind ?? call.title ?? "tool";
  }
}

type ToolCall = {
  readonly id: string;
  name: string | null;
  title: string | null;
  kind: string | null;
  status: string;
  input: unknown;
  content: unknown;
  locations: unknown;
  rawOutput: unknown;
  subagent: boolean;
  started: boolean;
  finished: boolean;
};

function newCall(id: string): ToolCall {
  return {
    id,
    name: null,
    title: null,
    kind: null,
    status: "pending",
    input: null,
    content: null,
    locations: null,
    rawOutput: null,
    subagent: false,
    started: false,
    finished: false,
  };
}

/** Takes over what the frame says and tells whether the call has ended. */
function merge(call: ToolCall, frame: JsonRecord, origin: "update" | "question"): boolean {
  const meta = recordOf(frame["_meta"]);
  const claude = recordOf(meta["claudeCode"]);
  call.name ??= textOf(meta["toolName"]) ?? textOf(claude["toolName"]) ?? textOf(frame["name"]);
  call.subagent ||= textOf(claude["parentToolUseId"]) !== null;
  call.title ??= textOf(frame["title"]);
  call.kind = textOf(frame["kind"]) ?? call.kind;
  if (!isEmptyValue(frame["locations"])) call.locations = frame["locations"];
  if (!isEmptyValue(frame["content"])) call.content = frame["content"];
  if (!isEmptyValue(frame["rawOutput"])) call.rawOutput = frame["rawOutput"];
  if (!isEmptyValue(frame["rawInput"])) call.input = frame["rawInput"];
  if (origin === "question") return false;
  call.status = textOf(frame["status"]) ?? call.status;
  call.input ??= streamedArguments(call);
  return call.status === "completed" || call.status === "failed";
}

function isReadyToStart(call: ToolCall, origin: "update" | "question"): boolean {
  if (call.input !== null || origin === "question") return true;
  return call.status !== "pending" && !isStreamingArguments(call);
}

/** Some agents stream a call's arguments as JSON text that grows inside `content`. */
function isStreamingArguments(call: ToolCall): boolean {
  return call.status === "in_progress" && contentText(call.content).startsWith("{");
}

function streamedArguments(call: ToolCall): unknown {
  if (!isStreamingArguments(call)) return null;
  try {
    const parsed: unknown = JSON.parse(contentText(call.content));
    return isEmptyValue(parsed) ? null : parsed;
  } catch {
    // Not the whole text yet: a later frame brings the rest.
    return null;
  }
}

function fallbackInput(call: ToolCall): unknown {
  const diff = contentDiff(call.content);
  if (diff !== null) return diff;
  const path = textOf(recordOf(listOf(call.locations)[0])["path"]);
  if (path !== null) return { path };
  return call.title === null ? {} : { title: call.title };
}

function subagentOf(call: ToolCall): { readonly subagent?: true } {
  return call.subagent ? { subagent: true } : {};
}
