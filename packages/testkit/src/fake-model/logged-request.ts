import type { ModelRequest } from "./model-request.ts";
import type { ProtocolName } from "./protocol.ts";
import type { TokenCounts } from "./token-counts.ts";

/** How a streamed reply came to its end. */
export type StreamEnding = "complete" | "client left" | "cut" | "error in stream";

/** What a client was told about its use of a model. */
export type ServedReply = {
  readonly model: string;
  /** The counts of a reply that reached its last byte; null when it broke off. */
  readonly usage: TokenCounts | null;
  /** What an Anthropic client had been told at the start of a reply that broke off. */
  readonly startUsage?: TokenCounts;
};

/** One request, and what became of it. */
export type LoggedRequest = Partial<ModelRequest> & {
  /** Counts all requests of the server from one on, in the order they came in. */
  readonly sequence: number;
  /** When it came in, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** `models` is a request for the list of models, `other` one that no protocol knows. */
  readonly protocol: ProtocolName | "models" | "other";
  readonly kind?: "count";
  /** First characters and length of the API key, never the whole of it. */
  readonly key: string | null;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Name or place of the rule that answered. */
  readonly rule?: string | number;
  readonly ended?: StreamEnding;
  readonly served?: ServedReply;
  /** The request body, when bodies are kept. */
  readonly body?: unknown;
};
