import { type JsonObject, objectsOf, stringOf } from "../json.ts";
import { type Protocol, type ReplyContext, bearerToken } from "../protocol.ts";
import type { Reply, ReplyPart } from "../scenario.ts";
import { splitText } from "../split-text.ts";
import { allCounts, cacheWritten, promptTokens } from "../token-counts.ts";
import { openAiError } from "./openai-error.ts";

/** One output item: how it starts out in a stream, the events that fill it, and the whole of it. */
type Item = {
  readonly id: string;
  readonly opening: JsonObject;
  readonly events: readonly (readonly [type: string, data: JsonObject])[];
  readonly whole: JsonObject;
};

/** OpenAI Responses: `POST …/responses`. */
export const openAiResponses: Protocol = {
  name: "openai-responses",

  route(method, path) {
    const isOurs = method === "POST" && path.endsWith("/responses");
    return isOurs ? { kind: "generate" } : undefined;
  },

  apiKey: bearerToken,

  parse(body) {
    const input = inputItems(body["input"]);
    const lastUser = input.findLast((item) => item["role"] === "user");
    return {
      model: stringOf(body["model"]) ?? "",
      stream: body["stream"] === true,
      tools: objectsOf(body["tools"]).map(
        (tool) => stringOf(tool["name"]) ?? stringOf(tool["type"]) ?? "",
      ),
      userText: textOf(lastUser?.["content"]),
      afterToolResult: stringOf(input.at(-1)?.["type"])?.endsWith("_call_output") ?? false,
    };
  },

  render: completed,

  *stream(reply, context) {
    let sequence = 0;
    const event = (type: string, data: JsonObject): string =>
      frame({ type, sequence_number: sequence++, ...data });
    const opened = envelope(context, { status: "in_progress", output: [], usage: null });
    yield event("response.created", { response: opened });
    yield event("response.in_progress", { response: opened });
    for (const [outputIndex, item] of itemsOf(reply, context.id).entries()) {
      const place = { output_index: outputIndex };
      yield event("response.output_item.added", { ...place, item: item.opening });
      for (const [type, data] of item.events) {
        yield event(`response.${type}`, { item_id: item.id, ...place, ...data });
      }
      yield event("response.output_item.done", { ...place, item: item.whole });
    }
    yield event("response.completed", { response: completed(reply, context) });
  },

  error: openAiError,

  streamError(failure, context) {
    const { error } = openAiError(failure);
    const response = envelope(context, {
      status: "failed",
      error: { code: error.code ?? error.type, message: error.message },
      output: [],
    });
    return frame({ type: "response.failed", response });
  },
};

function completed(reply: Reply, context: ReplyContext): JsonObject {
  const output = itemsOf(reply, context.id).map((item) => item.whole);
  return envelope(context, { status: "completed", output, usage: usageOf(reply) });
}

function envelope(context: ReplyContext, rest: JsonObject): JsonObject {
  return {
    id: `resp_${context.id}`,
    object: "response",
    created_at: context.createdAt,
    model: context.model,
    error: null,
    incomplete_details: null,
    parallel_tool_calls: true,
    ...rest,
  };
}

function frame(data: JsonObject & { readonly type: string }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function inputItems(input: unknown): readonly JsonObject[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return objectsOf(input);
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content)
    .map((part) => stringOf(part["text"]) ?? "")
    .join("\n");
}

function usageOf(reply: Reply): JsonObject {
  const counts = allCounts(reply.usage);
  const input = promptTokens(counts);
  const written = cacheWritten(counts);
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: counts.cacheRead,
      ...(written === 0 ? {} : { cache_write_tokens: written }),
    },
    output_tokens: counts.output,
    output_tokens_details: { reasoning_tokens: counts.reasoning },
    total_tokens: input + counts.output,
  };
}

function itemsOf(reply: Reply, id: string): readonly Item[] {
  return reply.content.map((part, index) => itemOf(part, `${id}_${index}`));
}

function itemOf(part: ReplyPart, suffix: string): Item {
  if ("text" in part) return messageItem(part.text, suffix);
  if ("thinking" in part) return reasoningItem(part.thinking, suffix);
  const call = { status: "completed", call_id: part.id ?? `call_${suffix}`, name: part.tool };
  if ("inputText" in part) {
    const whole = { id: `ctc_${suffix}`, type: "custom_tool_call", ...call };
    return callItem(whole, "input", part.inputText);
  }
  const { namespace } = part;
  const whole = {
    id: `fc_${suffix}`,
    type: "function_call",
    ...call,
    ...(namespace === undefined ? {} : { namespace }),
  };
  return callItem(whole, "arguments", JSON.stringify(part.input ?? {}));
}

function messageItem(text: string, suffix: string): Item {
  const content = { type: "output_text", text, annotations: [] };
  const item = { id: `msg_${suffix}`, type: "message", role: "assistant" };
  const place = { content_index: 0 };
  return {
    id: item.id,
    opening: { ...item, status: "in_progress", content: [] },
    events: [
      ["content_part.added", { ...place, part: { ...content, text: "" } }],
      ...splitText(text).map((delta) => ["output_text.delta", { ...place, delta }] as const),
      ["output_text.done", { ...place, text }],
      ["content_part.done", { ...place, part: content }],
    ],
    whole: { ...item, status: "completed", content: [content] },
  };
}

function reasoningItem(text: string, suffix: string): Item {
  const part = { type: "summary_text", text };
  const item = { id: `rs_${suffix}`, type: "reasoning", encrypted_content: null };
  const place = { summary_index: 0 };
  return {
    id: item.id,
    opening: { ...item, summary: [] },
    events: [
      ["reasoning_summary_part.added", { ...place, part: { ...part, text: "" } }],
      ...splitText(text).map(
        (delta) => ["reasoning_summary_text.delta", { ...place, delta }] as const,
      ),
      ["reasoning_summary_text.done", { ...place, text }],
      ["reasoning_summary_part.done", { ...place, part }],
    ],
    whole: { ...item, summary: [part] },
  };
}

function callItem(
  item: { readonly id: string; readonly type: string },
  field: "arguments" | "input",
  text: string,
): Item {
  return {
    id: item.id,
    opening: { ...item, status: "in_progress", [field]: "" },
    events: [
      ...splitText(text).map((delta) => [`${item.type}_${field}.delta`, { delta }] as const),
      [`${item.type}_${field}.done`, { [field]: text }],
    ],
    whole: { ...item, [field]: text },
  };
}
