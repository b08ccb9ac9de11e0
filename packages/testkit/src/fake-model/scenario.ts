import type { TokenCounts } from "./token-counts.ts";

/** Which requests a rule may answer. Everything that is stated has to hold. */
export type RequestTest = {
  /** Regular expression tested on the requested model id. */
  readonly model?: string;
  /** Regular expression tested on the text of the last user message. */
  readonly userText?: string;
  /** Regular expression tested on the whole request body. */
  readonly anyText?: string;
  /** Regular expression tested on the request path. */
  readonly path?: string;
  /** Whether the request offers any tools. Titles and routing questions of the CLIs offer none. */
  readonly tools?: boolean;
  /** Name of a tool that the request must offer. */
  readonly hasTool?: string;
  /** Whether the conversation ends in a tool result. */
  readonly afterToolResult?: boolean;
  /** Whether the request asks for a stream. */
  readonly stream?: boolean;
};

export type TextPart = { readonly text: string };
export type ThinkingPart = { readonly thinking: string };
/** A tool call with JSON arguments. The call id is derived from the request when left out. */
export type ToolCallPart = {
  readonly tool: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly id?: string;
  /** Where the tool is one of a group, which only OpenAI Responses knows. */
  readonly namespace?: string;
};
/** A tool call with free-form text, which only OpenAI Responses knows (`custom_tool_call`). */
export type FreeFormToolCallPart = {
  readonly tool: string;
  readonly inputText: string;
  readonly id?: string;
};
export type ReplyPart = TextPart | ThinkingPart | ToolCallPart | FreeFormToolCallPart;

/** An error in the words of the protocol that is asked. */
export type ErrorReply = {
  /** HTTP status. */
  readonly status: number;
  /** Error type in the protocol's own words; one that fits the status by default. */
  readonly type?: string;
  readonly message?: string;
  /** Response headers, for example `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type Reply = {
  readonly content: readonly ReplyPart[];
  readonly usage?: Partial<TokenCounts>;
  /** Model id to report; the requested one by default. */
  readonly model?: string;
  /** Stop reason in the protocol's own words; derived from the content by default. */
  readonly stop?: string;
};

/** One answer, and when it is given. Needs `reply` or `error`. */
export type Rule = {
  /** Shown in the request log and in the list of unused rules. */
  readonly name?: string;
  readonly when?: RequestTest;
  /** How many requests it may answer; one by default. */
  readonly times?: number | "any";
  readonly reply?: Reply;
  /** Answer with this HTTP error instead of the reply. */
  readonly error?: ErrorReply;
  /** Wait this long before the first byte. */
  readonly delayMs?: number;
  /** Wait this long between the events of a stream. */
  readonly chunkMs?: number;
  /** Send this many stream events, then stay silent until the client goes away. */
  readonly hangAfter?: number;
  /** Send this many stream events, then drop the connection. */
  readonly cutAfter?: number;
  /** Stream the content, then report this error inside the stream instead of an ending. */
  readonly errorAfter?: ErrorReply;
};

/**
 * What a fake model answers: for every request the first rule that has uses left and whose test
 * holds. Plain rules in a row are therefore a script that is used up in order; rules with
 * `times: "any"` in front of it absorb the requests a CLI makes on its own account.
 */
export type Scenario = {
  readonly name?: string;
  /** API key to insist on; any other key gets a 401. */
  readonly requireKey?: string;
  /** Model ids to list at the models endpoints. */
  readonly models?: readonly string[];
  readonly rules: readonly Rule[];
};
