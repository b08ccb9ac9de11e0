import { type JsonObject, objectOf, objectsOf, stringOf } from "../json.ts";
import { type Protocol, bearerToken, headerText } from "../protocol.ts";
import type { Reply } from "../scenario.ts";
import { splitText } from "../split-text.ts";
import { allCounts, cacheWritten, promptTokens } from "../token-counts.ts";
import { openAiError } from "./openai-error.ts";

type FunctionCall = {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
};

/** OpenAI Chat Completions: `POST …/chat/completions`. */
export const openAiChat: Protocol = {
  name: "openai-chat",

  route(method, path) {
    const isOurs = method === "POST" && path.endsWith("/chat/completions");
    return isOurs ? { kind: "generate" } : undefined;
  },

  apiKey: (headers) => bearerToken(headers) ?? headerText(headers, "api-key"),

  parse(body) {
    const messages = objectsOf(body["messages"]);
    const lastUser = messages.findLast((message) => message["role"] === "user");
    return {
      model: stringOf(body["model"]) ?? "",
      stream: body["stream"] === true,
      tools: objectsOf(body["tools"]).map(toolName),
      userText: textOf(lastUser?.["content"]),
      afterToolResult: messages.at(-1)?.["role"] === "tool",
    };
  },

  render(reply, context) {
    const calls = callsOf(reply, context.id);
    const thinking = thinkingOf(reply);
    const message = {
      role: "assistant",
      content: answerOf(reply) || null,
      ...(thinking === "" ? {} : { reasoning_content: thinking }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
    return {
      id: `chatcmpl-${context.id}`,
      object: "chat.completion",
      created: context.createdAt,
      model: context.model,
      choices: [{ index: 0, message, finish_reason: finishReason(reply), logprobs: null }],
      usage: usageOf(reply),
    };
  },

  *stream(reply, context) {
    const head = {
      id: `chatcmpl-${context.id}`,
      object: "chat.completion.chunk",
      created: context.createdAt,
      model: context.model,
    };
    for (const delta of deltasOf(reply, context.id)) {
      yield frame({ ...head, choices: [{ index: 0, delta, finish_reason: null }] });
    }
    yield frame({
      ...head,
      choices: [{ index: 0, delta: {}, finish_reason: finishReason(reply) }],
    });
    if (objectOf(context.body["stream_options"])["include_usage"] === true) {
      yield frame({ ...head, choices: [], usage: usageOf(reply) });
    }
    yield "data: [DONE]\n\n";
  },

  error: openAiError,
  streamError: (error) => frame(openAiError(error)),
};

function* deltasOf(reply: Reply, id: string): Iterable<JsonObject> {
  yield { role: "assistant", content: "" };
  const thinking = thinkingOf(reply);
  if (thinking !== "") {
    for (const piece of splitText(thinking)) yield { reasoning_content: piece };
  }
  const answer = answerOf(reply);
  if (answer !== "") for (const content of splitText(answer)) yield { content };
  for (const [index, call] of callsOf(reply, id).entries()) {
    yield { tool_calls: [{ index, ...call, function: { ...call.function, arguments: "" } }] };
    for (const piece of splitText(call.function.arguments)) {
      yield { tool_calls: [{ index, function: { arguments: piece } }] };
    }
  }
}

function frame(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function toolName(tool: JsonObject): string {
  return stringOf(objectOf(tool["function"])["name"]) ?? stringOf(tool["name"]) ?? "";
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content)
    .filter((part) => part["type"] === "text")
    .map((part) => stringOf(part["text"]) ?? "")
    .join("\n");
}

function usageOf(reply: Reply): JsonObject {
  const counts = allCounts(reply.usage);
  const prompt = promptTokens(counts);
  const written = cacheWritten(counts);
  return {
    prompt_tokens: prompt,
    completion_tokens: counts.output,
    total_tokens: prompt + counts.output,
    // OpenAI itself states no cache writes; some gateways add them under this name.
    prompt_tokens_details: {
      cached_tokens: counts.cacheRead,
      ...(written === 0 ? {} : { cache_write_tokens: written }),
    },
    completion_tokens_details: { reasoning_tokens: counts.reasoning },
  };
}

function callsOf(reply: Reply, id: string): readonly FunctionCall[] {
  return reply.content.flatMap((part, index) => {
    if (!("tool" in part)) return [];
    const input = "inputText" in part ? {} : (part.input ?? {});
    const call = { name: part.tool, arguments: JSON.stringify(input) };
    return [{ id: part.id ?? `call_${id}_${index}`, type: "function", function: call }];
  });
}

function answerOf(reply: Reply): string {
  return reply.content.map((part) => ("text" in part ? part.text : "")).join("");
}

function thinkingOf(reply: Reply): string {
  return reply.content.map((part) => ("thinking" in part ? part.thinking : "")).join("");
}

function finishReason(reply: Reply): string {
  if (reply.stop !== undefined) return reply.stop;
  return reply.content.some((part) => "tool" in part) ? "tool_calls" : "stop";
}
