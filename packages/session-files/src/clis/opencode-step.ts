import { decimalUsd } from "../kit/decimal-usd.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, type JsonObject, objectAt, textAt } from "../kit/json.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import type { SessionUsage } from "../session-usage.ts";

export type OpencodeStep = {
  readonly message: JsonObject;
  /** A `step-finish`, or the message itself where no steps were kept. */
  readonly step: JsonObject;
  /** Place among the steps of the message, from 0. */
  readonly index: number;
  /** Session that a person started: a subagent's session belongs to it. */
  readonly sessionId: string;
  readonly role: "main" | "subagent";
};

/**
 * One step is one model call. A fork copies messages under new ids; the millisecond in which a
 * message began, and its figures, stay the same and name the call.
 */
export function opencodeUsage(found: OpencodeStep): SessionUsage | null {
  const { message, step, index, sessionId, role } = found;
  const usedAt = instantOf(objectAt(message, "time")["created"]);
  if (usedAt === null) return null;
  const model = textAt(message, "modelID") ?? "opencode";
  const counts = countsOf(objectAt(step, "tokens"));
  const { input, cacheRead, cacheWrite5m, output } = counts;
  return sessionUsageOf({
    key: `opencode:${[usedAt, index, model, input, cacheRead, cacheWrite5m, output].join(":")}`,
    sessionId,
    provider: textAt(message, "providerID")?.toLowerCase() ?? null,
    model,
    role,
    usedAt,
    counts,
    reportedCostUsd: decimalUsd(step["cost"]),
    raw: { tokens: step["tokens"], cost: step["cost"] },
  });
}

/** Input excludes what was cached, and output excludes reasoning. */
function countsOf(tokens: JsonObject): TokenCounts {
  const cache = objectAt(tokens, "cache");
  const reasoning = countAt(tokens, "reasoning");
  return {
    input: countAt(tokens, "input"),
    cacheRead: countAt(cache, "read"),
    cacheWrite5m: countAt(cache, "write"),
    cacheWrite1h: 0,
    output: countAt(tokens, "output") + reasoning,
    reasoning,
  };
}
