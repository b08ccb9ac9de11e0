import type { RunItem } from "../../core/types.ts";
import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import type { AcpDialect } from "./acp-dialect.ts";
import { isEmptyValue, objectOf } from "./json-value.ts";
import { contentDiff, contentText, toolOutputText } from "./tool-call-text.ts";

/**
 * Turns tool frames into one `tool_use` and one `tool_result` per call, whatever order and
 * completeness the agent sends them in: the input may come after the start, may be streamed as
 * growing JSON text, and a call may be completed that never began.
 */
export class ToolCallTracker {
  readonly #calls = new Map<string, ToolCall>();
  readonly #withoutOutput = new Map<string, ToolCall>();
  readonly #dialect: ToolDialect;

  constructor(dialect: ToolDialect) {
    this.#dialect = dialect;
  }

  /** A `tool_call` or `tool_call_update`. */
  observe(update: JsonObject): readonly RunItem[] {
    return this.#observe(update, "update");
  }

  /** The `toolCall` of a permission request: the call is about to run with what is known of it. */
  observeQuestion(toolCall: JsonObject): readonly RunItem[] {
    return this.#observe(toolCall, "question");
  }

  #observe(frame: JsonObject, origin: "update" | "question"): readonly RunItem[] {
    const callId = stringAt(frame, "toolCallId");
    if (callId === null) return [];
    const call = this.#calls.get(callId) ?? newCall(callId);
    this.#calls.set(callId, call);
    if (call.finished) return [];
    const isTerminal = merge(call, frame, origin);
    const items: RunItem[] = [];
    if (!call.started && (isTerminal || this.#isReadyToStart(call, origin))) {
      call.started = true;
      const input = call.input ?? fallbackInput(call);
      items.push({
        type: "tool_use",
        callId,
        tool: this.#toolName(call),
        input,
        ...subagentOf(call),
      });
    }
    if (isTerminal) {
      call.finished = true;
      const output = toolOutputText(call.rawOutput, call.content);
      if (output === "" && this.#dialect.outputsInRecords) this.#withoutOutput.set(callId, call);
      else items.push(resultOf(call, output));
    }
    return items;
  }

  /** A call has ended whose output the agent did not send, and nobody has found it yet. */
  get awaitsOutput(): boolean {
    return this.#withoutOutput.size > 0;
  }

  /** What a call gave back, from the agent's records. */
  outputFound(callId: string, output: string): readonly RunItem[] {
    const call = this.#withoutOutput.get(callId);
    if (call === undefined) return [];
    this.#withoutOutput.delete(callId);
    return [resultOf(call, output)];
  }

  /** Ends the calls whose output was not found. */
  giveUpOutputs(): readonly RunItem[] {
    const calls = [...this.#withoutOutput.values()];
    this.#withoutOutput.clear();
    return calls.map((call) => resultOf(call, ""));
  }

  #isReadyToStart(call: ToolCall, origin: "update" | "question"): boolean {
    if (origin === "question") return true;
    if (call.status !== "pending") return call.input !== null || !isStreamingArguments(call);
    return call.input !== null && !this.#dialect.pendingInputIsPartial;
  }

  #toolName(call: ToolCall): string {
    const fromId = this.#dialect.toolPattern?.exec(call.id)?.[1];
    if (call.name !== null) return call.name;
    if (fromId !== undefined) return fromId;
    // A one-word title is a tool's name; a sentence is a description of this call.
    if (call.title !== null && /^\S+$/.test(call.title)) return call.title;
    return call.kind ?? call.title ?? "tool";
  }
}

export type ToolDialect = Pick<
  AcpDialect,
  "toolPattern" | "pendingInputIsPartial" | "outputsInRecords"
>;

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
function merge(call: ToolCall, frame: JsonObject, origin: "update" | "question"): boolean {
  const meta = objectAt(frame, "_meta");
  const claude = objectAt(meta, "claudeCode");
  call.name ??=
    stringAt(meta, "toolName") ?? stringAt(claude, "toolName") ?? stringAt(frame, "name");
  call.subagent ||= stringAt(claude, "parentToolUseId") !== null;
  call.title ??= stringAt(frame, "title");
  call.kind = stringAt(frame, "kind") ?? call.kind;
  if (!isEmptyValue(frame["locations"])) call.locations = frame["locations"];
  // Content replaces what there was. Before the start that may be the arguments, which are kept.
  if (!isEmptyValue(frame["content"])) call.content = frame["content"];
  else if (Array.isArray(frame["content"]) && call.started) call.content = null;
  if (!isEmptyValue(frame["rawOutput"])) call.rawOutput = frame["rawOutput"];
  if (!isEmptyValue(frame["rawInput"])) call.input = frame["rawInput"];
  if (origin === "question") return false;
  call.status = stringAt(frame, "status") ?? call.status;
  call.input ??= streamedArguments(call);
  return call.status === "completed" || call.status === "failed";
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
  const path = stringAt(objectOf(arrayAt({ locations: call.locations }, "locations")[0]), "path");
  if (path !== null) return { path };
  return call.title === null ? {} : { title: call.title };
}

function resultOf(call: ToolCall, output: string): RunItem {
  const isError = call.status === "failed";
  return { type: "tool_result", callId: call.id, output, isError, ...subagentOf(call) };
}

function subagentOf(call: ToolCall): { readonly subagent?: true } {
  return call.subagent ? { subagent: true } : {};
}
