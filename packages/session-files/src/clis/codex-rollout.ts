import { createCallList } from "../kit/call-list.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, isJsonObject, type JsonObject, objectAt, textAt } from "../kit/json.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import { combineTokens, noTokens, tokenMembers, type TokenCounts } from "../kit/token-counts.ts";
import type { SessionUsage } from "../session-usage.ts";

export type CodexRollout = {
  line(line: JsonObject): void;
  calls(): readonly SessionUsage[];
};

/** Stands for the model in files that do not name one. */
const unnamedModel = "codex";
/** A fork writes the history that it takes over in one go, without pauses as long as this. */
const pauseMs = 100;

/**
 * Reads one rollout file. From 0.16x on it holds a `token_usage_record` per call, with the id of
 * the response. Before, there are only the thread's running totals (`token_count`), which are
 * repeated between turns. In resumed sessions they go on, or in old versions (seen in 0.50) begin
 * again at zero. A fork begins with a copy of its parent's history, stamped with the time of the
 * fork. The differences of these totals are the calls, and the totals name them: a fork's copy has
 * the same.
 */
export function createCodexRollout(): CodexRollout {
  const calls = createCallList();
  const models = new Map<string, string>();
  let lastModel = unnamedModel;
  let thread: CodexThread | null = null;
  let before: TokenCounts | null = null;
  let hasPlan = false;
  let isCopying = false;
  let lineAtMs = 0;

  const begin = (payload: JsonObject): void => {
    if (thread === null) isCopying = textAt(payload, "forked_from_id") !== null;
    thread = threadOf(thread, payload);
  };
  const watchCopying = (line: JsonObject): void => {
    const atMs = Date.parse(instantOf(line["timestamp"]) ?? "");
    if (lineAtMs > 0 && atMs - lineAtMs >= pauseMs) isCopying = false;
    lineAtMs = atMs;
  };
  const book = (facts: {
    readonly key: string;
    readonly sessionId: string;
    readonly model: string;
    readonly usedAt: string | null;
    readonly counts: TokenCounts;
    readonly isCopy: boolean;
    readonly raw: JsonObject;
  }): void => {
    const { usedAt } = facts;
    if (usedAt === null) return;
    const provider = thread?.provider ?? "openai";
    const role = thread?.isSubagent === true ? "subagent" : "main";
    calls.add(sessionUsageOf({ ...facts, usedAt, provider, role }));
  };

  const takeRecord = (line: JsonObject, payload: JsonObject): void => {
    const usage = objectAt(payload, "usage");
    const total = payload["thread_token_usage"];
    const turn = textAt(payload, "turn_id");
    before = isJsonObject(total) ? codexCounts(total) : add(before ?? noTokens, codexCounts(usage));
    const response = textAt(payload, "response_id") ?? `${turn}:${figuresOf(before)}`;
    book({
      key: `codex:${response}`,
      sessionId: textAt(payload, "session_id") ?? textAt(payload, "thread_id") ?? threadId(thread),
      model: models.get(turn ?? "") ?? lastModel,
      usedAt: instantOf(line["timestamp"]),
      counts: codexCounts(usage),
      isCopy: false,
      raw: usage,
    });
  };

  const takeTotal = (line: JsonObject, payload: JsonObject): void => {
    if (textAt(objectAt(payload, "rate_limits"), "plan_type") !== null) hasPlan = true;
    const info = objectAt(payload, "info");
    const total = info["total_token_usage"];
    if (!isJsonObject(total)) return;
    const now = codexCounts(total);
    const last = codexCounts(objectAt(info, "last_token_usage"));
    const step = stepOf(before, now, last);
    before = now;
    const familyId = thread?.familyId ?? "?";
    book({
      key: `codex:${familyId}:${figuresOf(now)}:${figuresOf(last)}`,
      sessionId: isCopying ? familyId : threadId(thread),
      model: lastModel,
      usedAt: instantOf(line["timestamp"]),
      counts: step,
      isCopy: isCopying,
      raw: total,
    });
  };

  return {
    line(line) {
      const payload = objectAt(line, "payload");
      watchCopying(line);
      if (line["type"] === "session_meta") begin(payload);
      if (line["type"] === "turn_context") {
        lastModel = textAt(payload, "model") ?? lastModel;
        models.set(textAt(payload, "turn_id") ?? "", lastModel);
      }
      if (line["type"] === "token_usage_record") takeRecord(line, payload);
      if (payload["type"] === "token_count") takeTotal(line, payload);
    },
    calls: () =>
      calls.list().map((call) => (hasPlan ? { ...call, billing: "subscription" as const } : call)),
  };
}

type CodexThread = {
  readonly id: string;
  /** Session that a person started: for a subagent the one that it works for. */
  readonly sessionId: string;
  /** Oldest ancestor: what all forks of a thread have in common. */
  readonly familyId: string;
  readonly provider: string | null;
  readonly isSubagent: boolean;
};

/** The first line of the kind says whose file it is; further ones came with the history of ancestors. */
function threadOf(known: CodexThread | null, payload: JsonObject): CodexThread {
  const id = textAt(payload, "id") ?? textAt(payload, "session_id") ?? "?";
  const parent = textAt(payload, "forked_from_id");
  if (known !== null) return { ...known, familyId: parent ?? id };
  const source = objectAt(payload, "source");
  const spawn = objectAt(objectAt(source, "subagent"), "thread_spawn");
  const sessionId = textAt(spawn, "parent_thread_id") ?? textAt(payload, "session_id") ?? id;
  return {
    id,
    sessionId,
    familyId: parent ?? id,
    provider: textAt(payload, "model_provider")?.toLowerCase() ?? null,
    isSubagent: Object.hasOwn(source, "subagent"),
  };
}

function threadId(thread: CodexThread | null): string {
  return thread?.sessionId ?? "?";
}

/** What was used between two totals. Where that cannot be known from them, the last call's own figures. */
function stepOf(before: TokenCounts | null, now: TokenCounts, last: TokenCounts): TokenCounts {
  if (before !== null && isSame(before, now)) return noTokens;
  const hasLast = tokenMembers.some((member) => last[member] > 0);
  // The first total of a count, or of a file that goes on with what is in another file.
  if (before === null || isSame(now, last)) return hasLast ? last : now;
  const step = combineTokens(now, before, (a, b) => a - b);
  if (tokenMembers.every((member) => step[member] >= 0)) return step;
  return hasLast ? last : noTokens;
}

function isSame(left: TokenCounts, right: TokenCounts): boolean {
  return tokenMembers.every((member) => left[member] === right[member]);
}

function add(left: TokenCounts, right: TokenCounts): TokenCounts {
  return combineTokens(left, right, (a, b) => a + b);
}

function figuresOf(counts: TokenCounts): string {
  return tokenMembers.map((member) => counts[member]).join(".");
}

/** Input contains what was cached and what was written to the cache; output contains reasoning. */
function codexCounts(usage: JsonObject): TokenCounts {
  const cacheRead = countAt(usage, "cached_input_tokens");
  const cacheWrite5m = countAt(usage, "cache_write_input_tokens");
  const output = countAt(usage, "output_tokens");
  return {
    input: Math.max(0, countAt(usage, "input_tokens") - cacheRead - cacheWrite5m),
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
    output,
    reasoning: Math.min(output, countAt(usage, "reasoning_output_tokens")),
  };
}
