import { createCallList } from "../kit/call-list.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, isJsonObject, type JsonObject, objectAt, textAt } from "../kit/json.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import type { SessionUsage } from "../session-usage.ts";

export type QwenChat = {
  line(line: JsonObject): void;
  calls(): readonly SessionUsage[];
};

/**
 * Reads one chat file. A call of the conversation is written twice: as an API response with the
 * provider's id, and as the assistant's message. Calls beside the conversation have only the
 * first, files of older versions only the second. What has the same figures is the same call.
 */
export function createQwenChat(fileSession: string): QwenChat {
  const responses: SessionUsage[] = [];
  const messages: SessionUsage[] = [];
  return {
    line(line) {
      const event = objectAt(objectAt(line, "systemPayload"), "uiEvent");
      if (event["event.name"] === "qwen-code.api_response") {
        push(responses, responseOf(line, event, fileSession));
      }
      if (line["type"] === "assistant") push(messages, messageOf(line, fileSession));
    },
    calls() {
      const once = createCallList();
      const alone = unmatched(messages, responses);
      const spoken = new Set(messages.map(figuresOf));
      for (const response of responses) {
        const role =
          messages.length === 0 || spoken.has(figuresOf(response)) ? "main" : "auxiliary";
        once.add({ ...response, role });
      }
      for (const message of alone) once.add(message);
      return once.list();
    },
  };
}

function push(list: SessionUsage[], usage: SessionUsage | null): void {
  if (usage !== null) list.push(usage);
}

/** Messages for which there is no response with the same figures; each response answers for one. */
function unmatched(
  messages: readonly SessionUsage[],
  responses: readonly SessionUsage[],
): readonly SessionUsage[] {
  const left = new Map<string, number>();
  for (const response of responses) {
    left.set(figuresOf(response), (left.get(figuresOf(response)) ?? 0) + 1);
  }
  return messages.filter((message) => {
    const count = left.get(figuresOf(message)) ?? 0;
    if (count === 0) return true;
    left.set(figuresOf(message), count - 1);
    return false;
  });
}

function figuresOf({ model, input, cacheRead, output }: SessionUsage): string {
  return [model, input, cacheRead, output].join(" ");
}

function responseOf(line: JsonObject, event: JsonObject, fileSession: string): SessionUsage | null {
  const usedAt = instantOf(line["timestamp"]);
  if (usedAt === null) return null;
  const id = textAt(event, "response_id") ?? textAt(line, "uuid") ?? usedAt;
  // The event holds what was said as well.
  const raw = Object.fromEntries(
    Object.entries(event).filter(([name]) => name.endsWith("_token_count")),
  );
  return sessionUsageOf({
    key: `qwen:${id}`,
    sessionId: sessionOf(line, fileSession),
    model: textAt(event, "model") ?? "qwen",
    usedAt,
    counts: disjoint({
      prompt: countAt(event, "input_token_count"),
      cached: countAt(event, "cached_content_token_count"),
      output: countAt(event, "output_token_count"),
      thoughts: countAt(event, "thoughts_token_count"),
      total: countAt(event, "total_token_count"),
    }),
    raw,
  });
}

function messageOf(line: JsonObject, fileSession: string): SessionUsage | null {
  const usage = line["usageMetadata"];
  const usedAt = instantOf(line["timestamp"]);
  if (!isJsonObject(usage) || usedAt === null) return null;
  return sessionUsageOf({
    key: `qwen:${textAt(line, "uuid") ?? usedAt}`,
    sessionId: sessionOf(line, fileSession),
    model: textAt(line, "model") ?? "qwen",
    usedAt,
    counts: disjoint({
      prompt: countAt(usage, "promptTokenCount"),
      cached: countAt(usage, "cachedContentTokenCount"),
      output: countAt(usage, "candidatesTokenCount"),
      thoughts: countAt(usage, "thoughtsTokenCount"),
      total: countAt(usage, "totalTokenCount"),
    }),
    raw: usage,
  });
}

/** A fork says of each line that it took over where it is from. */
function sessionOf(line: JsonObject, fileSession: string): string {
  const origin = textAt(objectAt(line, "forkedFrom"), "sessionId");
  return origin ?? textAt(line, "sessionId") ?? fileSession;
}

/** The prompt contains what was cached; whether the output contains thinking, the total says. */
function disjoint(figures: {
  readonly prompt: number;
  readonly cached: number;
  readonly output: number;
  readonly thoughts: number;
  readonly total: number;
}): TokenCounts {
  const { prompt, output, thoughts, total } = figures;
  const cacheRead = Math.min(prompt, figures.cached);
  const isApart = thoughts > 0 && total === prompt + output + thoughts;
  const generated = isApart ? output + thoughts : output;
  return {
    input: prompt - cacheRead,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: generated,
    reasoning: Math.min(generated, thoughts),
  };
}
