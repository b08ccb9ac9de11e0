import { countAt, type JsonObject } from "../core/json.ts";
import { disjointCounts, type UsageCounts } from "../core/usage-counts.ts";
import type { UsageRule } from "../core/usage-rule.ts";

/** Codex counts cached and cache-written tokens inside input, and reasoning inside output. */
const codexRule: Pick<UsageRule, "inputIncludes" | "outputExcludesReasoning"> = {
  inputIncludes: ["cacheRead", "cacheWrite"],
  outputExcludesReasoning: false,
};

/** Reads a `TokenUsage` of the app server (camel case) or of `exec` and rollout files (snake case). */
export function codexCounts(usage: JsonObject): UsageCounts {
  const count = (camel: string, snake: string): number =>
    Math.max(countAt(usage, camel), countAt(usage, snake));
  return disjointCounts(
    {
      input: count("inputTokens", "input_tokens"),
      cacheRead: count("cachedInputTokens", "cached_input_tokens"),
      cacheWrite5m: count("cacheWriteInputTokens", "cache_write_input_tokens"),
      cacheWrite1h: 0,
      output: count("outputTokens", "output_tokens"),
      reasoning: count("reasoningOutputTokens", "reasoning_output_tokens"),
    },
    codexRule,
  );
}
