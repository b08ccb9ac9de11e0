/** What a protocol finds in a request, in words that all protocols share. */
export type ModelRequest = {
  readonly model: string;
  readonly stream: boolean;
  /** Names of the tools that are offered. */
  readonly tools: readonly string[];
  /** Text of the last user message. */
  readonly userText: string;
  /** Whether the conversation ends in a tool result. */
  readonly afterToolResult: boolean;
};
