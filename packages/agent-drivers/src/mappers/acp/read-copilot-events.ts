import { objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import type { UsageRole } from "../../core/types.ts";
import type { UsageRule } from "../../core/usage-rule.ts";
import type { AcpUsageReading } from "./read-usage.ts";
import { readTokenCounts } from "./token-counts.ts";

export type CopilotCall = {
  /** Id of the event that states the call. */
  readonly id: string;
  readonly role: Extract<UsageRole, "main" | "subagent">;
  readonly reading: AcpUsageReading;
};

/** Input contains what was read from and written to the cache; output contains reasoning. */
const rule: UsageRule = {
  source: "copilot.session-events",
  accumulation: "call",
  inputIncludes: ["cacheRead", "cacheWrite"],
  outputExcludesReasoning: false,
  provider: null,
  gap: null,
};

/**
 * Model calls in the `events.jsonl` of a Copilot session: events `session.usage_record`, one for
 * each finished call. Events from before the run belong to an earlier run of the same session.
 */
export function readCopilotEvents(text: string, sinceMs: number): readonly CopilotCall[] {
  return eventsSince(text, sinceMs).flatMap((event) => {
    if (event["type"] !== "session.usage_record") return [];
    const raw = objectAt(objectAt(event, "data"), "usage");
    const tokens = readTokenCounts(raw, rule);
    const id = stringAt(event, "id");
    if (tokens === null || id === null) return [];
    const isSubagent =
      stringAt(raw, "parentToolCallId") !== null || stringAt(raw, "initiator") === "sub-agent";
    const reading = { ...tokens, model: stringAt(raw, "model"), provider: null, raw };
    return [{ id, role: isSubagent ? ("subagent" as const) : ("main" as const), reading }];
  });
}

/**
 * Whether a turn of the model began in this run, `assistant.turn_start`, without a call that was
 * counted and without the provider's own refusal: a reply that broke off. Null when the file names
 * no turn. A reply that was cut and asked for again within its turn does not show.
 */
export function hasOpenCopilotTurn(text: string, sinceMs: number): boolean | null {
  let isTold = false;
  let openTurns = 0;
  for (const event of eventsSince(text, sinceMs)) {
    if (event["type"] === "assistant.turn_start") {
      isTold = true;
      openTurns += 1;
    } else if (event["type"] === "session.usage_record" || isRefusal(event)) {
      openTurns = Math.max(0, openTurns - 1);
    }
  }
  return isTold ? openTurns > 0 : null;
}

/** An error with the provider's status: nothing was served. */
function isRefusal(event: JsonObject): boolean {
  return (
    event["type"] === "session.error" && typeof objectAt(event, "data")["statusCode"] === "number"
  );
}

const marks = /"(session\.usage_record|assistant\.turn_start|session\.error)"/;

function eventsSince(text: string, sinceMs: number): readonly JsonObject[] {
  return text.split("\n").flatMap((row) => {
    if (!marks.test(row)) return [];
    const event = parseJsonObject(row);
    if (event === null) return [];
    return Date.parse(stringAt(event, "timestamp") ?? "") >= sinceMs ? [event] : [];
  });
}
