import { isJsonObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";

/** A turn as a rollout file tells it, without anything of its stream. */
export type RecordedTurn = {
  readonly threadId: string;
  readonly turnId: string;
  readonly model: string;
  readonly provider: string | null;
  /** What the turn has used; earlier turns of the thread are not in it. */
  readonly used: JsonObject;
};

/** Totals of the thread in the last `token_count` event of a rollout file. */
export function lastRolloutTotal(lines: readonly JsonObject[]): JsonObject | null {
  const totals = lines.map((line) => {
    const payload = objectAt(line, "payload");
    const total = objectAt(payload, "info")["total_token_usage"];
    return payload["type"] === "token_count" && isJsonObject(total) ? total : null;
  });
  return totals.findLast((total) => total !== null) ?? null;
}

/** The last turn that a rollout file has usage of; null where the version does not write it. */
export function recordedTurn(lines: readonly JsonObject[]): RecordedTurn | null {
  const record = payloadsOf(lines, "token_usage_record").at(-1);
  if (record === undefined) return null;
  const threadId = stringAt(record, "thread_id");
  const turnId = stringAt(record, "turn_id");
  const used = record["turn_token_usage"];
  const context = payloadsOf(lines, "turn_context").findLast(
    (entry) => entry["turn_id"] === turnId,
  );
  const model = context === undefined ? null : stringAt(context, "model");
  if (threadId === null || turnId === null || model === null || !isJsonObject(used)) return null;
  const meta = payloadsOf(lines, "session_meta").at(0) ?? {};
  const provider = stringAt(meta, "model_provider")?.toLowerCase() ?? null;
  return { threadId, turnId, model, provider, used };
}

function payloadsOf(lines: readonly JsonObject[], type: string): readonly JsonObject[] {
  return lines.filter((line) => line["type"] === type).map((line) => objectAt(line, "payload"));
}
