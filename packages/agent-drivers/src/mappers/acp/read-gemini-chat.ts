import { arrayAt, countAt, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { noUsage } from "../../core/usage-counts.ts";
import { objectOf } from "./json-value.ts";
import type { AcpUsageReading } from "./read-usage.ts";

export type GeminiCall = {
  /** Id of the message that the call produced. */
  readonly id: string;
  readonly reading: AcpUsageReading;
};

/**
 * Model calls in a chat file of Gemini CLI: lines of type `gemini` with `tokens`. Calls from
 * before the run belong to an earlier run of the same session.
 */
export function readGeminiChat(text: string, sinceMs: number): readonly GeminiCall[] {
  return text.split("\n").flatMap((row) => {
    if (!row.includes('"tokens"')) return [];
    const message = parseJsonObject(row);
    if (message === null || message["type"] !== "gemini") return [];
    const id = stringAt(message, "id");
    const time = Date.parse(stringAt(message, "timestamp") ?? "");
    if (id === null || !(time >= sinceMs)) return [];
    return [{ id, reading: readingOf(message) }];
  });
}

/** `input` contains what was cached; thinking and the input of built-in tools are counted apart. */
function readingOf(message: JsonObject): AcpUsageReading {
  const tokens = objectAt(message, "tokens");
  const cacheRead = countAt(tokens, "cached");
  const input = countAt(tokens, "input");
  const reasoning = countAt(tokens, "thoughts");
  return {
    model: stringAt(message, "model"),
    provider: "google",
    raw: tokens,
    isConsistent: cacheRead <= input,
    counts: {
      ...noUsage,
      input: Math.max(0, input - cacheRead) + countAt(tokens, "tool"),
      cacheRead,
      output: countAt(tokens, "output") + reasoning,
      reasoning,
    },
  };
}

/** What finished tool calls gave back, by the id that the conversation has for them. */
export function readGeminiOutputs(
  text: string,
): readonly { readonly callId: string; readonly output: string }[] {
  return text.split("\n").flatMap((row) => {
    if (!row.includes('"toolCalls"')) return [];
    const message = parseJsonObject(row) ?? {};
    return arrayAt(message, "toolCalls").flatMap((call) => {
      const callId = stringAt(objectOf(call), "id");
      const output = outputOf(objectOf(call));
      return callId === null || output === "" ? [] : [{ callId, output }];
    });
  });
}

/** The model is warned of what tools say by tags around it, which are not part of the output. */
function outputOf(call: JsonObject): string {
  const parts = arrayAt(call, "result").map((part) =>
    objectAt(objectAt(objectOf(part), "functionResponse"), "response"),
  );
  const texts = parts.map((part) => stringAt(part, "output") ?? stringAt(part, "error") ?? "");
  return texts
    .join("\n")
    .replace(/^<untrusted_context>\n/, "")
    .replace(/\n<\/untrusted_context>$/, "");
}
