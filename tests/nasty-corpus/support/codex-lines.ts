import type { JsonObject } from "@headcount/agent-drivers/core/json";
import type { InOut } from "./claude-lines.ts";

const thread = "fork-thread";

/**
 * A thread that was forked from another one: it states the totals that it has inherited before its
 * first turn, and goes on from them.
 */
export function codexForkedThread(inherited: InOut, turn: InOut): readonly JsonObject[] {
  const after: InOut = [inherited[0] + turn[0], inherited[1] + turn[1]];
  const forked = { id: thread, forkedFromId: "parent-thread", model: "gpt-5.5" };
  return [
    { id: 1, result: { thread: forked, model: "gpt-5.5", modelProvider: "openai" } },
    tokenUsage("parent-turn", inherited, inherited),
    { id: 2, result: { turn: { id: "turn-1", status: "inProgress" } } },
    tokenUsage("turn-1", after, turn),
    {
      method: "turn/completed",
      params: { threadId: thread, turn: { id: "turn-1", status: "completed", error: null } },
    },
  ];
}

function tokenUsage(turnId: string, total: InOut, last: InOut): JsonObject {
  return {
    method: "thread/tokenUsage/updated",
    params: {
      threadId: thread,
      turnId,
      tokenUsage: { total: countsOf(total), last: countsOf(last) },
    },
  };
}

function countsOf([input, output]: InOut): JsonObject {
  return {
    totalTokens: input + output,
    inputTokens: input,
    cachedInputTokens: 0,
    cacheWriteInputTokens: 0,
    outputTokens: output,
    reasoningOutputTokens: 0,
  };
}
