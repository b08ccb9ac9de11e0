import type { JsonObject } from "@headcount/agent-drivers/core/json";

/** Input and output tokens, the only classes that these lines need. */
export type InOut = readonly [input: number, output: number];

const model = "claude-sonnet-4-5";

const modelUsage = (totals: InOut): JsonObject => ({
  [model]: { inputTokens: totals[0], outputTokens: totals[1] },
});

/** What Claude Code answers when it is asked for the session's totals before the first prompt. */
export function claudeTotalsBefore(totals: InOut | null): JsonObject {
  const session = { model_usage: totals === null ? {} : modelUsage(totals) };
  const response = { subtype: "success", request_id: "headcount-baseline", response: { session } };
  return { type: "control_response", response };
}

/** A whole turn: its own figures, and the totals that its result states. */
export function claudeTurn(sessionId: string, turn: InOut, totals: InOut): readonly JsonObject[] {
  const usage = { input_tokens: turn[0], output_tokens: turn[1] };
  const message = { id: `msg_${sessionId}_${turn[0]}`, model, content: [], stop_reason: null };
  return [
    { type: "system", subtype: "init", session_id: sessionId, model },
    {
      type: "assistant",
      session_id: sessionId,
      message: { ...message, usage: { ...usage, output_tokens: 1 } },
    },
    {
      type: "result",
      subtype: "success",
      is_error: false,
      result: "done",
      session_id: sessionId,
      terminal_reason: "completed",
      usage,
      modelUsage: modelUsage(totals),
    },
  ];
}
