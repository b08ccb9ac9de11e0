import type { UsageRule } from "../../core/usage-rule.ts";
import type { JsonObject } from "../../core/json.ts";
import { disjointCounts } from "../../core/usage-counts.ts";
import type { UsageCounts } from "../../core/usage-counts.ts";

/** One vendor figure brought into disjoint classes. */
export type TokenReading = {
  readonly counts: UsageCounts;
  /** False when the cached parts were larger than the whole: the figure cannot be trusted. */
  readonly isConsistent: boolean;
};

/** Spellings in the field; the first of each line is the protocol's own. */
const names = {
  input: ["inputTokens", "input_tokens", "promptTokens", "prompt_tokens"],
  output: ["outputTokens", "output_tokens", "completionTokens", "completion_tokens"],
  cacheRead: [
    "cachedReadTokens",
    "cacheReadTokens",
    "cachedInputTokens",
    "cached_input_tokens",
    "cacheReadInputTokens",
    "cached_read_tokens",
    "cacheHitTokens",
  ],
  cacheWrite: [
    "cachedWriteTokens",
    "cacheWriteTokens",
    "cacheCreationTokens",
    "cacheCreationInputTokens",
    "cached_write_tokens",
  ],
  reasoning: ["thoughtTokens", "reasoningOutputTokens", "reasoningTokens", "thought_tokens"],
  total: ["totalTokens", "total_tokens"],
} as const;

/** Reads a vendor's usage object by the rule of its row; null when it holds no counts at all. */
export function readTokenCounts(raw: JsonObject, rule: UsageRule): TokenReading | null {
  const input = countUnder(raw, names.input);
  const output = countUnder(raw, names.output);
  if (input === null && output === null) return null;
  const figures: UsageCounts = {
    input: input ?? 0,
    cacheRead: countUnder(raw, names.cacheRead) ?? 0,
    cacheWrite5m: countUnder(raw, names.cacheWrite) ?? 0,
    cacheWrite1h: 0,
    output: output ?? 0,
    reasoning: countUnder(raw, names.reasoning) ?? 0,
  };
  const meaning =
    rule.source === "acp.any" ? meaningOf(figures, countUnder(raw, names.total)) : rule;
  const counts = disjointCounts(figures, meaning);
  const cached = figures.cacheRead + figures.cacheWrite5m;
  return { counts, isConsistent: meaning.inputIncludes.length === 0 || cached <= figures.input };
}

type Meaning = Pick<UsageRule, "inputIncludes" | "outputExcludesReasoning">;

/** An agent's total tells what its input contains: it is the sum of the parts that are disjoint. */
function meaningOf(figures: UsageCounts, total: number | null): Meaning {
  const cached = figures.cacheRead + figures.cacheWrite5m;
  const plain = figures.input + figures.output;
  const includesCache = total === plain || total === plain + figures.reasoning;
  const outputExcludesReasoning =
    figures.reasoning > 0 &&
    (total === plain + cached + figures.reasoning || total === plain + figures.reasoning);
  return {
    inputIncludes: includesCache && cached > 0 ? ["cacheRead", "cacheWrite"] : [],
    outputExcludesReasoning,
  };
}

function countUnder(raw: JsonObject, keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = raw[key];
    if (typeof value === "number" && Number.isFinite(value)) return Math.max(0, Math.floor(value));
  }
  return null;
}
