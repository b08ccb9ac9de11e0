import { randomUUID } from "node:crypto";
import { type TokenCounts, allCounts } from "../fake-model/token-counts.ts";
import { splitText } from "../fake-model/split-text.ts";
import { type UsageBooks, messageUsage } from "./usage-books.ts";

type Fields = Readonly<Record<string, unknown>>;
type ModelCall = {
  readonly id: string;
  readonly model: string;
  readonly counts: TokenCounts;
  blocks: number;
};

export type ContentBlock =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: Fields;
    };

export type LineWriterOptions = {
  readonly sessionId: string;
  readonly model: string;
  readonly books: UsageBooks;
  /** Write the stream events of each call beside its content, as with partial messages. */
  readonly streamEvents: boolean;
};

/**
 * Writes the lines of one session to stdout: one assistant line per content block, all lines of a
 * model call with the same message id and the same provisional usage.
 */
export class LineWriter {
  readonly sessionId: string;
  model: string;
  readonly #books: UsageBooks;
  readonly #streamEvents: boolean;
  #call: ModelCall | undefined;
  #announced = false;

  constructor(options: LineWriterOptions) {
    this.sessionId = options.sessionId;
    this.model = options.model;
    this.#books = options.books;
    this.#streamEvents = options.streamEvents;
  }

  /** A line that belongs to the session. */
  write(fields: Fields): void {
    writeLine({ ...fields, session_id: this.sessionId, uuid: randomUUID() });
  }

  beginCall(counts: Partial<TokenCounts>, model: string = this.model): void {
    this.endCall("end_turn");
    const call = { id: `msg_${randomUUID()}`, model, counts: allCounts(counts), blocks: 0 };
    this.announceRequest();
    this.#announced = false;
    this.#call = call;
    this.#writeEvent({ type: "message_start", message: messageOf(call, []) });
  }

  /** Says that the provider is being asked; once per call, however often it is asked again. */
  announceRequest(): void {
    if (this.#announced) return;
    this.#announced = true;
    this.write({ type: "system", subtype: "status", status: "requesting" });
  }

  /** One content block of the current call; begins a call that used nothing when there is none. */
  writeBlock(block: ContentBlock): void {
    if (this.#call === undefined) this.beginCall({});
    const call = this.#call;
    if (call === undefined) return;
    const index = call.blocks;
    call.blocks += 1;
    this.#writeEvent({ type: "content_block_start", index, content_block: emptied(block) });
    for (const delta of deltasOf(block)) {
      this.#writeEvent({ type: "content_block_delta", index, delta });
    }
    this.write({ type: "assistant", message: messageOf(call, [block]), parent_tool_use_id: null });
    this.#writeEvent({ type: "content_block_stop", index });
    if (block.type === "tool_use") this.endCall("tool_use");
  }

  writeToolResult(toolUseId: string, content: string, isError: boolean): void {
    const result = {
      tool_use_id: toolUseId,
      type: "tool_result",
      content,
      is_error: isError,
    };
    this.write({
      type: "user",
      message: { role: "user", content: [result] },
      parent_tool_use_id: null,
    });
  }

  /** Ends the current call, if any, and books what it used. */
  endCall(stopReason: "end_turn" | "tool_use"): void {
    const call = this.#call;
    if (call === undefined) return;
    this.#call = undefined;
    this.#books.bookCall(call.model, call.counts);
    this.#writeEvent({
      type: "message_delta",
      delta: { stop_reason: stopReason, stop_sequence: null },
      usage: messageUsage(call.counts),
    });
    this.#writeEvent({ type: "message_stop" });
  }

  /** Ends the current call, if any; the next turn asks anew. */
  endTurn(): void {
    this.endCall("end_turn");
    this.#announced = false;
  }

  /** Drops the current call, if any: its totals count it, with output as far as it was told. */
  abandonCall(): boolean {
    this.#announced = false;
    const call = this.#call;
    if (call === undefined) return false;
    this.#call = undefined;
    this.#books.bookAside(call.model, { ...call.counts, output: 1, reasoning: 0 });
    return true;
  }

  #writeEvent(event: Fields): void {
    if (!this.#streamEvents) return;
    this.write({ type: "stream_event", event, parent_tool_use_id: null });
  }
}

/** Writes one protocol line that belongs to no session. */
export function writeLine(fields: Fields): void {
  process.stdout.write(`${JSON.stringify(fields)}\n`);
}

function messageOf(call: ModelCall, content: readonly ContentBlock[]): Fields {
  return {
    id: call.id,
    type: "message",
    role: "assistant",
    model: call.model,
    content,
    stop_reason: null,
    stop_sequence: null,
    // The count of output tokens is not known before the end of the call.
    usage: messageUsage({ ...call.counts, output: 1 }),
  };
}

function emptied(block: ContentBlock): Fields {
  if (block.type === "text") return { type: "text", text: "" };
  if (block.type === "thinking") return { type: "thinking", thinking: "", signature: "" };
  return { ...block, input: {} };
}

function deltasOf(block: ContentBlock): readonly Fields[] {
  if (block.type === "text") {
    return splitText(block.text).map((text) => ({ type: "text_delta", text }));
  }
  if (block.type === "thinking") {
    return splitText(block.thinking).map((thinking) => ({ type: "thinking_delta", thinking }));
  }
  return splitText(JSON.stringify(block.input)).map((partial) => ({
    type: "input_json_delta",
    partial_json: partial,
  }));
}
