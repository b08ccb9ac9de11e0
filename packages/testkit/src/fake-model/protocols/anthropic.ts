import { type JsonObject, objectsOf, stringOf } from "../json.ts";
import { type Protocol, bearerToken, headerText } from "../protocol.ts";
import type { ErrorReply, Reply, ReplyPart } from "../scenario.ts";
import { splitText } from "../split-text.ts";
import { allCounts, cacheWritten } from "../token-counts.ts";

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
};

type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: JsonObject;
    };

/** Anthropic Messages: `POST /v1/messages` and `/v1/messages/count_tokens`. */
export const anthropic: Protocol = {
  name: "anthropic",

  route(method, path) {
    if (method !== "POST") return undefined;
    if (path.endsWith("/v1/messages")) return { kind: "generate" };
    if (path.endsWith("/v1/messages/count_tokens")) return { kind: "count" };
    return undefined;
  },

  apiKey: (headers) => headerText(headers, "x-api-key") ?? bearerToken(headers),

  parse(body) {
    const messages = objectsOf(body["messages"]);
    const lastUser = messages.findLast(
      (message) => message["role"] === "user" && textOf(message["content"]) !== "",
    );
    return {
      model: stringOf(body["model"]) ?? "",
      stream: body["stream"] === true,
      tools: objectsOf(body["tools"]).map((tool) => stringOf(tool["name"]) ?? ""),
      userText: textOf(lastUser?.["content"]),
      afterToolResult: objectsOf(messages.at(-1)?.["content"]).some(
        (block) => block["type"] === "tool_result",
      ),
    };
  },

  render: (reply, context) => ({
    ...messageHead(context),
    content: blocksOf(reply, context.id),
    stop_reason: stopReason(reply),
    usage: usageOf(reply),
  }),

  *stream(reply, context) {
    const usage = usageOf(reply);
    yield frame({
      type: "message_start",
      message: { ...messageHead(context), content: [], usage: { ...usage, output_tokens: 1 } },
    });
    for (const [index, block] of blocksOf(reply, context.id).entries()) {
      yield frame({ type: "content_block_start", index, content_block: emptied(block) });
      for (const delta of deltasOf(block))
        yield frame({ type: "content_block_delta", index, delta });
      yield frame({ type: "content_block_stop", index });
    }
    const delta = { stop_reason: stopReason(reply), stop_sequence: null };
    yield frame({ type: "message_delta", delta, usage });
    yield frame({ type: "message_stop" });
  },

  error: errorBody,
  streamError: (error) => frame(errorBody(error)),
  startCounts: (reply) => ({ ...allCounts(reply.usage), output: 1, reasoning: 0 }),
  countTokens: (body) => ({ input_tokens: Math.ceil(JSON.stringify(body).length / 4) }),
};

function messageHead(context: { readonly id: string; readonly model: string }): JsonObject {
  return {
    id: `msg_${context.id}`,
    type: "message",
    role: "assistant",
    model: context.model,
    stop_reason: null,
    stop_sequence: null,
  };
}

function errorBody(error: ErrorReply): JsonObject & { readonly type: string } {
  return {
    type: "error",
    error: {
      type: error.type ?? ERROR_TYPES[error.status] ?? "api_error",
      message: error.message ?? `fake error ${error.status}`,
    },
    request_id: "req_fake",
  };
}

function frame(data: JsonObject & { readonly type: string }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content)
    .filter((block) => block["type"] === "text")
    .map((block) => stringOf(block["text"]) ?? "")
    .join("\n");
}

function usageOf(reply: Reply): JsonObject {
  const counts = allCounts(reply.usage);
  return {
    input_tokens: counts.input,
    cache_creation_input_tokens: cacheWritten(counts),
    cache_read_input_tokens: counts.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: counts.cacheWrite,
      ephemeral_1h_input_tokens: counts.cacheWrite1h,
    },
    output_tokens: counts.output,
    service_tier: "standard",
  };
}

function blocksOf(reply: Reply, id: string): readonly Block[] {
  return reply.content.map((part, index) => blockOf(part, `toolu_${id}_${index}`));
}

function blockOf(part: ReplyPart, callId: string): Block {
  if ("text" in part) return { type: "text", text: part.text };
  if ("thinking" in part) {
    return { type: "thinking", thinking: part.thinking, signature: "ZmFrZQ==" };
  }
  const input = "inputText" in part ? {} : (part.input ?? {});
  return { type: "tool_use", id: part.id ?? callId, name: part.tool, input };
}

function emptied(block: Block): JsonObject {
  if (block.type === "text") return { type: "text", text: "" };
  if (block.type === "thinking") return { type: "thinking", thinking: "", signature: "" };
  return { ...block, input: {} };
}

function deltasOf(block: Block): readonly JsonObject[] {
  if (block.type === "text") {
    return splitText(block.text).map((text) => ({ type: "text_delta", text }));
  }
  if (block.type === "thinking") {
    const deltas = splitText(block.thinking).map((thinking) => ({
      type: "thinking_delta",
      thinking,
    }));
    return [...deltas, { type: "signature_delta", signature: block.signature }];
  }
  return splitText(JSON.stringify(block.input)).map((partial) => ({
    type: "input_json_delta",
    partial_json: partial,
  }));
}

function stopReason(reply: Reply): string {
  if (reply.stop !== undefined) return reply.stop;
  return reply.content.some((part) => "tool" in part) ? "tool_use" : "end_turn";
}
