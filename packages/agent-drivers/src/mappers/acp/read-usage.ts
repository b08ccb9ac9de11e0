import type { UsageRule } from "../../core/usage-rule.ts";
import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { objectOf } from "./json-value.ts";
import { readTokenCounts } from "./token-counts.ts";
import type { TokenReading } from "./token-counts.ts";

/** Places in which agents put their figures; a row names one of them as its source. */
export const acpUsageSources = {
  /** `usage` in the reply to `session/prompt`: what the process has used so far. */
  reply: "acp.reply.usage",
  /** `_meta.quota.model_usage[]` in that reply: what the prompt used, by model. */
  quota: "acp.reply.quota",
  /** `_meta.usage` of an empty message chunk: one finished model call. */
  chunk: "acp.chunk.usage",
  /** Either place in the reply; what the figures mean is worked out from their total. */
  any: "acp.any",
} as const;

export type AcpUsageReading = TokenReading & {
  /** Null when the figure does not say whose it is. */
  readonly model: string | null;
  readonly provider: string | null;
  readonly raw: JsonObject;
};

/** With `chunk`, the reply's total is the referee of the calls. */
const placesInReply: ReadonlySet<string> = new Set(Object.values(acpUsageSources));

/** Figures in the reply to `session/prompt` that the row says are to be used. */
export function readReplyUsage(reply: JsonObject, rule: UsageRule): readonly AcpUsageReading[] {
  if (!placesInReply.has(rule.source)) return [];
  const mayBeByModel = rule.source === acpUsageSources.quota || rule.source === acpUsageSources.any;
  const byModel = mayBeByModel ? quotaReadings(reply, rule) : [];
  if (byModel.length > 0 || rule.source === acpUsageSources.quota) return byModel;
  const direct = reading(objectAt(reply, "usage"), null, rule);
  return direct.length > 0
    ? direct
    : reading(objectAt(objectAt(reply, "_meta"), "usage"), null, rule);
}

/** Figures of one finished model call in a message chunk. */
export function readChunkUsage(update: JsonObject, rule: UsageRule): readonly AcpUsageReading[] {
  if (rule.source !== acpUsageSources.chunk) return [];
  return reading(objectAt(objectAt(update, "_meta"), "usage"), null, rule);
}

function quotaReadings(reply: JsonObject, rule: UsageRule): readonly AcpUsageReading[] {
  const quota = objectAt(objectAt(reply, "_meta"), "quota");
  return arrayAt(quota, "model_usage")
    .map(objectOf)
    .flatMap((entry) => reading(objectAt(entry, "token_count"), stringAt(entry, "model"), rule));
}

function reading(
  raw: JsonObject,
  model: string | null,
  rule: UsageRule,
): readonly AcpUsageReading[] {
  const tokens = readTokenCounts(raw, rule);
  if (tokens === null) return [];
  return [
    {
      ...tokens,
      model: model ?? stringAt(raw, "model"),
      provider: stringAt(raw, "provider")?.toLowerCase() ?? rule.provider,
      raw,
    },
  ];
}
