import { countAt, isJsonObject, objectAt, type JsonObject } from "../core/json.ts";
import type { UsageCounts } from "../core/usage-counts.ts";

/** Reads the `usage` object of an Anthropic message, as on assistant lines and `result.usage`. */
export function countsOfMessageUsage(usage: JsonObject): UsageCounts {
  const written = countAt(usage, "cache_creation_input_tokens");
  const hourly = countAt(objectAt(usage, "cache_creation"), "ephemeral_1h_input_tokens");
  const details = objectAt(usage, "output_tokens_details");
  return {
    input: countAt(usage, "input_tokens"),
    cacheRead: countAt(usage, "cache_read_input_tokens"),
    cacheWrite5m: Math.max(0, written - hourly),
    cacheWrite1h: Math.min(written, hourly),
    output: countAt(usage, "output_tokens"),
    reasoning: countAt(details, "thinking_tokens"),
  };
}

/** Reads one entry of `modelUsage`; older versions do not split cache writes by their life. */
export function countsOfModelUsage(entry: JsonObject): UsageCounts {
  const written = countAt(entry, "cacheCreationInputTokens");
  const hourly = countAt(entry, "cacheCreationEphemeral1hInputTokens");
  return {
    input: countAt(entry, "inputTokens"),
    cacheRead: countAt(entry, "cacheReadInputTokens"),
    cacheWrite5m: Math.max(0, written - hourly),
    cacheWrite1h: Math.min(written, hourly),
    output: countAt(entry, "outputTokens"),
    reasoning: countAt(entry, "thinkingTokens"),
  };
}

/** Reads a whole `modelUsage` object, leaving out entries that are no model. */
export function modelUsageEntries(value: unknown): ReadonlyMap<string, JsonObject> {
  const entries = new Map<string, JsonObject>();
  if (!isJsonObject(value)) return entries;
  for (const [model, entry] of Object.entries(value)) {
    if (isJsonObject(entry) && model !== "<synthetic>") entries.set(model, entry);
  }
  return entries;
}

export function modelUsageCounts(
  entries: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, UsageCounts> {
  return new Map([...entries].map(([model, entry]) => [model, countsOfModelUsage(entry)]));
}
