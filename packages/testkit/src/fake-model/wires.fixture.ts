import { objectOf, objectsOf, stringOf } from "./json.ts";
import type { ProtocolName } from "./protocol.ts";

type Answer = { readonly text: string; readonly arguments: unknown; readonly usage: unknown };

/** How a client of one protocol asks, and where it finds what was said, called and used. */
export type Wire = {
  readonly name: ProtocolName;
  path(streamed: boolean): string;
  body(streamed: boolean): unknown;
  readWhole(body: unknown): Answer;
  readStream(text: string): Answer;
  counts(usage: unknown): readonly unknown[];
  readonly expectedCounts: readonly number[];
  errorWord(body: unknown): unknown;
  readonly rateLimitWord: string;
};

const PROMPT = { role: "user", content: "PROMPT" };

/** Walks into nested objects and lists; undefined where the path ends early. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof key === "number") return objectsOf(inner)[key];
    return objectOf(inner)[key];
  }, value);
}

function parse(text: unknown): unknown {
  return JSON.parse(stringOf(text) ?? "");
}

function dataOf(stream: string): readonly string[] {
  return stream
    .split(/\r?\n\r?\n/)
    .flatMap((block) => block.split(/\r?\n/).filter((line) => line.startsWith("data: ")))
    .map((line) => line.slice("data: ".length));
}

function eventsOf(stream: string): readonly unknown[] {
  return dataOf(stream)
    .filter((data) => data !== "[DONE]")
    .map(parse);
}

function joined(values: readonly unknown[]): string {
  return values.map((value) => stringOf(value) ?? "").join("");
}

const anthropicWire: Wire = {
  name: "anthropic",
  path: () => "/v1/messages",
  body: (stream) => ({ model: "m", stream, messages: [PROMPT], tools: [{ name: "write" }] }),
  readWhole: (body) => ({
    text: stringOf(at(body, "content", 0, "text")) ?? "",
    arguments: at(body, "content", 1, "input"),
    usage: at(body, "usage"),
  }),
  readStream(text) {
    const events = eventsOf(text);
    return {
      text: joined(events.map((event) => at(event, "delta", "text"))),
      arguments: parse(joined(events.map((event) => at(event, "delta", "partial_json")))),
      usage: at(
        events.find((event) => at(event, "type") === "message_delta"),
        "usage",
      ),
    };
  },
  counts: (usage) => [
    at(usage, "input_tokens"),
    at(usage, "cache_read_input_tokens"),
    at(usage, "cache_creation_input_tokens"),
    at(usage, "output_tokens"),
  ],
  expectedCounts: [1009, 211, 307, 53],
  errorWord: (body) => at(body, "error", "type"),
  rateLimitWord: "rate_limit_error",
};

const openAiChatWire: Wire = {
  name: "openai-chat",
  path: () => "/v1/chat/completions",
  body: (stream) => ({
    model: "m",
    stream,
    stream_options: { include_usage: true },
    messages: [PROMPT],
    tools: [{ type: "function", function: { name: "write" } }],
  }),
  readWhole(body) {
    const message = at(body, "choices", 0, "message");
    return {
      text: stringOf(at(message, "content")) ?? "",
      arguments: parse(at(message, "tool_calls", 0, "function", "arguments")),
      usage: at(body, "usage"),
    };
  },
  readStream(text) {
    if (dataOf(text).at(-1) !== "[DONE]") throw new Error("the stream does not end in [DONE]");
    const events = eventsOf(text);
    const deltas = events.map((event) => at(event, "choices", 0, "delta"));
    const pieces = deltas.map((delta) => at(delta, "tool_calls", 0, "function", "arguments"));
    return {
      text: joined(deltas.map((delta) => at(delta, "content"))),
      arguments: parse(joined(pieces)),
      usage: at(events.at(-1), "usage"),
    };
  },
  counts: (usage) => [
    at(usage, "prompt_tokens"),
    at(usage, "prompt_tokens_details", "cached_tokens"),
    at(usage, "prompt_tokens_details", "cache_write_tokens"),
    at(usage, "completion_tokens"),
    at(usage, "completion_tokens_details", "reasoning_tokens"),
    at(usage, "total_tokens"),
  ],
  expectedCounts: [1527, 211, 307, 53, 13, 1580],
  errorWord: (body) => at(body, "error", "type"),
  rateLimitWord: "rate_limit_error",
};

const openAiResponsesWire: Wire = {
  name: "openai-responses",
  path: () => "/v1/responses",
  body: (stream) => ({
    model: "m",
    stream,
    input: [{ type: "message", ...PROMPT }],
    tools: [{ type: "function", name: "write" }],
  }),
  readWhole: (body) => ({
    text: stringOf(at(body, "output", 0, "content", 0, "text")) ?? "",
    arguments: parse(at(body, "output", 1, "arguments")),
    usage: at(body, "usage"),
  }),
  readStream(text) {
    const events = eventsOf(text);
    if (events.some((event, index) => at(event, "sequence_number") !== index)) {
      throw new Error("the sequence numbers have a gap");
    }
    const deltas = (type: string): readonly unknown[] =>
      events.filter((event) => at(event, "type") === type).map((event) => at(event, "delta"));
    return {
      text: joined(deltas("response.output_text.delta")),
      arguments: parse(joined(deltas("response.function_call_arguments.delta"))),
      usage: at(events.at(-1), "response", "usage"),
    };
  },
  counts: (usage) => [
    at(usage, "input_tokens"),
    at(usage, "input_tokens_details", "cached_tokens"),
    at(usage, "input_tokens_details", "cache_write_tokens"),
    at(usage, "output_tokens"),
    at(usage, "output_tokens_details", "reasoning_tokens"),
    at(usage, "total_tokens"),
  ],
  expectedCounts: [1527, 211, 307, 53, 13, 1580],
  errorWord: (body) => at(body, "error", "code"),
  rateLimitWord: "rate_limit_exceeded",
};

const geminiWire: Wire = {
  name: "gemini",
  path: (streamed) =>
    `/v1beta/models/m:${streamed ? "streamGenerateContent?alt=sse" : "generateContent"}`,
  body: () => ({
    contents: [{ role: "user", parts: [{ text: "PROMPT" }] }],
    tools: [{ functionDeclarations: [{ name: "write" }] }],
  }),
  readWhole(body) {
    const parts = at(body, "candidates", 0, "content", "parts");
    return {
      text: stringOf(at(parts, 0, "text")) ?? "",
      arguments: at(parts, 1, "functionCall", "args"),
      usage: at(body, "usageMetadata"),
    };
  },
  readStream(text) {
    const events = eventsOf(text);
    const parts = events.flatMap((event) =>
      objectsOf(at(event, "candidates", 0, "content", "parts")),
    );
    const call = parts.find((part) => part["functionCall"] !== undefined);
    return {
      text: joined(parts.map((part) => part["text"])),
      arguments: at(call, "functionCall", "args"),
      usage: at(events.at(-1), "usageMetadata"),
    };
  },
  counts: (usage) => [
    at(usage, "promptTokenCount"),
    at(usage, "cachedContentTokenCount"),
    at(usage, "candidatesTokenCount"),
    at(usage, "thoughtsTokenCount"),
    at(usage, "totalTokenCount"),
  ],
  expectedCounts: [1527, 211, 40, 13, 1580],
  errorWord: (body) => at(body, "error", "status"),
  rateLimitWord: "RESOURCE_EXHAUSTED",
};

export const WIRES: readonly Wire[] = [
  anthropicWire,
  openAiChatWire,
  openAiResponsesWire,
  geminiWire,
];
