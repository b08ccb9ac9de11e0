import { isJsonObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import {
  addCounts,
  largerCounts,
  noUsage,
  subtractCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { countsOfMessageUsage } from "./claude-counts.ts";

export type ClaudeRole = "main" | "subagent";

/** One request to the model, put together from everything the stream says about its message id. */
export type ClaudeCall = {
  readonly id: string;
  readonly model: string;
  readonly role: ClaudeRole;
  readonly counts: UsageCounts;
  /**
   * `started`: announced, its figures are not final. `finished`: at least its input is certain.
   * `broken`: the reply was broken off before it ended.
   */
  readonly state: "started" | "finished" | "broken";
  /** False while `counts.output` is the placeholder from the start of the reply. */
  readonly outputKnown: boolean;
};

export type ClaudeCalls = {
  /** A `stream_event` line (`--include-partial-messages`); returns the call when it just ended. */
  streamEvent(line: JsonObject): ClaudeCall | null;
  /** An `assistant` line; returns the call when its figures changed. */
  assistant(line: JsonObject): ClaudeCall | null;
  list(): readonly ClaudeCall[];
  /** Sum of the finished calls of a model in a role. */
  finished(model: string, role: ClaudeRole): UsageCounts;
};

/**
 * Collects model calls. One message comes as one line per content block with the same id and the
 * same usage, whose output count is a placeholder, so lines are never added up.
 */
export function createClaudeCalls(): ClaudeCalls {
  const calls = new Map<string, ClaudeCall>();
  /** Message that each loop (main loop or a subagent, by parent call) is streaming. */
  const streaming = new Map<string, string>();

  /** Sums of finished calls by their owner: adding them up anew for each line takes ever longer. */
  const finished = new Map<string, UsageCounts>();

  const put = (call: ClaudeCall): ClaudeCall => {
    const before = calls.get(call.id);
    calls.set(call.id, call);
    if (before?.state === "finished") {
      const sum = finished.get(ownerOf(before)) ?? noUsage;
      finished.set(ownerOf(before), subtractCounts(sum, before.counts));
    }
    if (call.state === "finished") {
      const sum = finished.get(ownerOf(call)) ?? noUsage;
      finished.set(ownerOf(call), addCounts(sum, call.counts));
    }
    return call;
  };

  const announce = (line: JsonObject, message: JsonObject): null => {
    const id = stringAt(message, "id");
    const model = stringAt(message, "model");
    if (id === null || model === null) return null;
    streaming.set(parentOf(line) ?? "", id);
    if (calls.has(id)) return null;
    const counts = countsOfMessageUsage(objectAt(message, "usage"));
    put({ id, model, role: roleOf(line), counts, state: "started", outputKnown: false });
    return null;
  };

  return {
    streamEvent(line) {
      const event = objectAt(line, "event");
      if (event["type"] === "message_start") return announce(line, objectAt(event, "message"));
      if (event["type"] !== "message_delta" || !isJsonObject(event["usage"])) return null;
      const call = calls.get(streaming.get(parentOf(line) ?? "") ?? "");
      // A reply that was stopped gets its end too, but without a reason to stop.
      const ended = typeof objectAt(event, "delta")["stop_reason"] === "string";
      if (call === undefined || !ended) return null;
      const counts = largerCounts(call.counts, countsOfMessageUsage(event["usage"]));
      return put({ ...call, counts, state: "finished", outputKnown: true });
    },
    assistant(line) {
      const message = objectAt(line, "message");
      const id = stringAt(message, "id");
      const model = stringAt(message, "model");
      if (id === null || model === null || model === "<synthetic>") return null;
      const seen = calls.get(id);
      const outputKnown = typeof message["stop_reason"] === "string" || seen?.outputKnown === true;
      const counts = largerCounts(
        seen?.counts ?? noUsage,
        countsOfMessageUsage(objectAt(message, "usage")),
      );
      const state = nextState(seen?.state ?? null, line["aborted"] === true, outputKnown);
      return put({ id, model, role: seen?.role ?? roleOf(line), counts, state, outputKnown });
    },
    list: () => [...calls.values()],
    finished: (model, role) => finished.get(ownerOf({ model, role })) ?? noUsage,
  };
}

const ownerOf = ({ model, role }: Pick<ClaudeCall, "model" | "role">): string => `${role} ${model}`;

/** A reply whose end is announced by the stream is not finished by the lines of its blocks. */
function nextState(
  state: ClaudeCall["state"] | null,
  aborted: boolean,
  outputKnown: boolean,
): ClaudeCall["state"] {
  if (state === "finished") return "finished";
  if (aborted) return "broken";
  return state === "started" && !outputKnown ? "started" : "finished";
}

function parentOf(line: JsonObject): string | null {
  return stringAt(line, "parent_tool_use_id");
}

function roleOf(line: JsonObject): ClaudeRole {
  return parentOf(line) === null && line["isSidechain"] !== true ? "main" : "subagent";
}
