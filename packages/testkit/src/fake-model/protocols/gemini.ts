import { type JsonObject, objectOf, objectsOf, stringOf } from "../json.ts";
import { type Protocol, type ReplyContext, bearerToken, headerText } from "../protocol.ts";
import type { ErrorReply, Reply, ReplyPart } from "../scenario.ts";
import { splitText } from "../split-text.ts";
import { allCounts, promptTokens } from "../token-counts.ts";

const ERROR_STATUSES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
};

/** Gemini: `POST …/models/<id>:generateContent`, `:streamGenerateContent` and `:countTokens`. */
export const gemini: Protocol = {
  name: "gemini",

  route(method, path) {
    const [, model, action] = /\/models\/([^/:]+):(\w+)$/.exec(path) ?? [];
    if (method !== "POST" || model === undefined) return undefined;
    if (action === "countTokens") return { kind: "count", model };
    return { kind: "generate", model, stream: action === "streamGenerateContent" };
  },

  apiKey: (headers, url) =>
    headerText(headers, "x-goog-api-key") ?? url.searchParams.get("key") ?? bearerToken(headers),

  parse(body, route) {
    const contents = objectsOf(body["contents"]);
    const lastUser = contents.findLast(
      (content) => content["role"] === "user" && textOf(content).trim() !== "",
    );
    return {
      model: decodeURIComponent(route.model ?? ""),
      stream: route.stream === true,
      tools: objectsOf(body["tools"])
        .flatMap((tool) => objectsOf(tool["functionDeclarations"]))
        .map((declaration) => stringOf(declaration["name"]) ?? ""),
      userText: textOf(lastUser),
      afterToolResult: objectsOf(contents.at(-1)?.["parts"]).some(
        (part) => part["functionResponse"] !== undefined,
      ),
    };
  },

  render: (reply, context) => ending(reply, context, partsOf(reply, context.id)),

  *stream(reply, context) {
    for (const parts of partsOf(reply, context.id).flatMap(deltasOf)) {
      const candidate = { index: 0, content: { role: "model", parts } };
      yield frame({ candidates: [candidate], ...replyIdentity(context) });
    }
    yield frame(ending(reply, context, [{ text: "" }]));
  },

  error: errorBody,
  streamError: (error) => frame(errorBody(error)),
  countTokens: (body) => ({ totalTokens: Math.ceil(JSON.stringify(body).length / 4) }),
};

function ending(reply: Reply, context: ReplyContext, parts: readonly JsonObject[]): JsonObject {
  const content = { role: "model", parts };
  return {
    candidates: [{ index: 0, content, finishReason: reply.stop ?? "STOP" }],
    usageMetadata: usageOf(reply),
    ...replyIdentity(context),
  };
}

function replyIdentity(context: ReplyContext): JsonObject {
  return { modelVersion: context.model, responseId: context.id };
}

function errorBody(error: ErrorReply): JsonObject {
  return {
    error: {
      code: error.status,
      message: error.message ?? `fake error ${error.status}`,
      status: error.type ?? ERROR_STATUSES[error.status] ?? "UNKNOWN",
    },
  };
}

function frame(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

function textOf(content: JsonObject | undefined): string {
  return objectsOf(objectOf(content)["parts"])
    .map((part) => stringOf(part["text"]) ?? "")
    .join("\n");
}

function usageOf(reply: Reply): JsonObject {
  const counts = allCounts(reply.usage);
  const prompt = promptTokens(counts);
  return {
    promptTokenCount: prompt,
    cachedContentTokenCount: counts.cacheRead,
    candidatesTokenCount: counts.output - counts.reasoning,
    thoughtsTokenCount: counts.reasoning,
    totalTokenCount: prompt + counts.output,
  };
}

function partsOf(reply: Reply, id: string): readonly JsonObject[] {
  return reply.content.map((part, index) => partOf(part, `call_${id}_${index}`));
}

function partOf(part: ReplyPart, callId: string): JsonObject {
  if ("text" in part) return { text: part.text };
  if ("thinking" in part) return { text: part.thinking, thought: true };
  const input = "inputText" in part ? {} : (part.input ?? {});
  return { functionCall: { id: part.id ?? callId, name: part.tool, args: input } };
}

/** A function call comes in one piece; text in several. */
function deltasOf(part: JsonObject): readonly (readonly JsonObject[])[] {
  const text = stringOf(part["text"]);
  if (text === undefined) return [[part]];
  return splitText(text).map((piece) => [{ ...part, text: piece }]);
}
