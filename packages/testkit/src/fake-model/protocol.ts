import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "./json.ts";
import type { ModelRequest } from "./model-request.ts";
import type { ErrorReply, Reply } from "./scenario.ts";
import type { TokenCounts } from "./token-counts.ts";

export type ProtocolName = "anthropic" | "openai-chat" | "openai-responses" | "gemini";

/** What a path asks for. Only Gemini puts the model and the wish for a stream into the path. */
export type Route = {
  readonly kind: "generate" | "count";
  readonly model?: string;
  readonly stream?: boolean;
};

/** What a reply is written with. */
export type ReplyContext = {
  /** Unique within one server; becomes part of every id in the reply. */
  readonly id: string;
  readonly model: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly body: JsonObject;
};

/** How one vendor's wire protocol is read and written. */
export interface Protocol {
  readonly name: ProtocolName;
  /** Undefined when the path belongs to another protocol. */
  route(method: string, path: string): Route | undefined;
  apiKey(headers: IncomingHttpHeaders, url: URL): string | undefined;
  parse(body: JsonObject, route: Route): ModelRequest;
  /** The whole reply, for a request without a stream. */
  render(reply: Reply, context: ReplyContext): JsonObject;
  /** The reply as server-sent events, each a complete block of text. */
  stream(reply: Reply, context: ReplyContext): Iterable<string>;
  error(error: ErrorReply): JsonObject;
  /** An error reported inside a stream that has begun. */
  streamError(error: ErrorReply, context: ReplyContext): string;
  /** What a client has been told about usage before the reply ends, where a protocol does that. */
  startCounts?(reply: Reply): TokenCounts;
  /** Answers a token counting request. */
  countTokens?(body: JsonObject): JsonObject;
}

/** The key of an `Authorization: Bearer …` header. */
export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return headers.authorization?.replace(/^Bearer /i, "");
}

/** A header as one string. */
export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
