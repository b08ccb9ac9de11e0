import { countAt, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import {
  disjointCounts,
  hasNegative,
  isZero,
  noUsage,
  subtractCounts,
} from "../../core/usage-counts.ts";
import type { UsageCounts } from "../../core/usage-counts.ts";
import type { AcpUsageReading } from "./read-usage.ts";

export type CodexCall = { readonly id: string; readonly reading: AcpUsageReading };

/**
 * Model calls in a rollout file of Codex: steps between its `token_count` events, whose totals go
 * on over resumed sessions and are repeated when a turn is interrupted. What was counted before
 * the run is only where its first step begins.
 */
export function readCodexRollout(text: string, sinceMs: number): readonly CodexCall[] {
  const calls: CodexCall[] = [];
  let before = noUsage;
  let model: string | null = null;
  for (const row of text.split("\n")) {
    if (!row.includes('"token_count"') && !row.includes('"turn_context"')) continue;
    const line = parseJsonObject(row) ?? {};
    const payload = objectAt(line, "payload");
    if (line["type"] === "turn_context") model = stringAt(payload, "model") ?? model;
    const totals = objectAt(objectAt(payload, "info"), "total_token_usage");
    if (payload["type"] !== "token_count" || Object.keys(totals).length === 0) continue;
    const now = countsOf(totals);
    const step = subtractCounts(now, before);
    before = now;
    const isOurs = Date.parse(stringAt(line, "timestamp") ?? "") >= sinceMs;
    if (!isOurs || isZero(step) || hasNegative(step)) continue;
    const reading = { model, provider: "openai", raw: totals, isConsistent: true, counts: step };
    calls.push({ id: `total-${countAt(totals, "total_tokens")}`, reading });
  }
  return calls;
}

/** Input contains what was cached; output contains reasoning. */
function countsOf(totals: JsonObject): UsageCounts {
  const raw = {
    ...noUsage,
    input: countAt(totals, "input_tokens"),
    cacheRead: countAt(totals, "cached_input_tokens"),
    cacheWrite5m: countAt(totals, "cache_write_input_tokens"),
    output: countAt(totals, "output_tokens"),
    reasoning: countAt(totals, "reasoning_output_tokens"),
  };
  const rule = {
    inputIncludes: ["cacheRead", "cacheWrite"],
    outputExcludesReasoning: false,
  } as const;
  return disjointCounts(raw, rule);
}
