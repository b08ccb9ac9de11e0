import { classifyNotice } from "../core/limit-notice.ts";
import {
  arrayAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem, RunResult } from "../core/types.ts";
import { codexResetsAt } from "./codex-limits.ts";
import { codexOutcome, codexWaitMs } from "./codex-outcome.ts";
import { isToolItem, reasoningText, toolResultItem, toolUseItem } from "./codex-items.ts";
import { lastRolloutTotal, recordedTurn } from "./codex-rollout.ts";
import { createCodexSubagents } from "./codex-subagents.ts";
import { createCodexUsage } from "./codex-usage.ts";

export type CodexMapper = RunMapper & {
  threadId(): string | null;
  /** Our turn, once the CLI has named it. */
  turnId(): string | null;
  /** A step the driver could not do, for instance a thread that could not be resumed. */
  refuse(message: string, info: { readonly resumeRejected: boolean }): void;
  /** Grows with every step and piece of text of the turn. */
  progressCount(): number;
};

/**
 * Reads the messages of `codex app-server`. Several threads share the pipe and a resumed thread
 * replays state, so everything is held against our thread first and our turn second.
 */
export function createCodexAppServerMapper(input: MapperInput): CodexMapper {
  let threadId: string | null = input.resumeSessionId;
  let threadKnown = false;
  let model = input.model ?? "codex";
  let provider = input.usage.provider;
  let turnId: string | null = null;
  let turn: JsonObject | null = null;
  let lastError: JsonObject | null = null;
  let refused: { message: string; resumeRejected: boolean } | null = null;
  let limitResetsAt: number | null = null;
  let answer = "";
  let progress = 0;
  const openTools = new Set<string>();
  const usage = createCodexUsage(input, () => `codex:${threadId ?? "thread"}:${turnId ?? "turn"}`);

  const subagents = createCodexSubagents();

  const onReply = (message: JsonObject): readonly RunItem[] => {
    const result = objectAt(message, "result");
    const thread = objectAt(result, "thread");
    const id = stringAt(thread, "id");
    if (id !== null) {
      threadId = id;
      threadKnown = true;
      model = stringAt(result, "model") ?? stringAt(thread, "model") ?? model;
      provider = stringAt(result, "modelProvider")?.toLowerCase() ?? provider;
      return [{ type: "status", text: "Thread started", sessionId: id }];
    }
    const named = stringAt(objectAt(result, "turn"), "id");
    if (named !== null) turnId ??= named;
    return [];
  };

  const onUsage = (params: JsonObject): readonly RunItem[] => {
    const total = objectAt(objectAt(params, "tokenUsage"), "total");
    if (turnId === null || stringAt(params, "turnId") !== turnId) {
      if (turnId === null) usage.setBaseline(total);
      return [];
    }
    return usage.observe(total, { model, provider });
  };

  const onItem = (params: JsonObject, ended: boolean): readonly RunItem[] => {
    const item = objectAt(params, "item");
    const id = stringAt(item, "id") ?? "";
    progress += 1;
    if (isToolItem(item)) {
      const started = openTools.has(id);
      if (!ended) openTools.add(id);
      const use = started ? [] : [toolUseItem(item)];
      return ended ? [...use, toolResultItem(item)] : use;
    }
    if (!ended) return [];
    const text = stringAt(item, "text") ?? "";
    switch (item["type"]) {
      case "agentMessage":
        if (text === "") return [];
        if (item["phase"] !== "commentary") answer = text;
        return [{ type: "text", text }];
      case "reasoning": {
        const thought = reasoningText(item);
        return thought === "" ? [] : [{ type: "thinking", text: thought }];
      }
      case "contextCompaction":
        return [{ type: "status", text: "Conversation compacted" }];
      default:
        return [];
    }
  };

  const onError = (params: JsonObject): readonly RunItem[] => {
    const error = objectAt(params, "error");
    const text = stringAt(error, "message") ?? "error";
    if (params["willRetry"] === true) {
      const detail = stringAt(error, "additionalDetails");
      return [
        { type: "status", text: detail === null ? text : `${text} (${detail})`, retry: true },
      ];
    }
    lastError = error;
    return [];
  };

  const onTurnCompleted = (params: JsonObject): readonly RunItem[] => {
    const ended = objectAt(params, "turn");
    if (turnId !== null && stringAt(ended, "id") !== turnId) return [];
    turn = ended;
    const said = arrayAt(ended, "items").findLast(
      (item) => isJsonObject(item) && item["type"] === "agentMessage",
    );
    if (answer === "" && isJsonObject(said)) answer = stringAt(said, "text") ?? "";
    return [];
  };

  const onNotification = (method: string, params: JsonObject): readonly RunItem[] => {
    const thread = stringAt(params, "threadId");
    if (method === "thread/started" && turnId !== null) subagents.started(params, provider);
    if (thread !== null && threadKnown && thread !== threadId) {
      return turnId === null ? [] : subagents.accept(method, params);
    }
    const ofOurTurn = turnId === null || (stringAt(params, "turnId") ?? turnId) === turnId;
    switch (method) {
      case "turn/started":
        turnId ??= stringAt(objectAt(params, "turn"), "id");
        return [];
      case "item/started":
        return ofOurTurn ? onItem(params, false) : [];
      case "item/completed":
        return ofOurTurn ? onItem(params, true) : [];
      case "thread/tokenUsage/updated":
        return onUsage(params);
      case "model/rerouted":
        model = stringAt(params, "toModel") ?? stringAt(params, "model") ?? model;
        return [{ type: "status", text: `Model switched to ${model}` }];
      case "error":
        return ofOurTurn ? onError(params) : [];
      case "warning":
      case "configWarning":
      case "deprecationNotice": {
        const text = stringAt(params, "message") ?? stringAt(params, "summary") ?? "";
        return [{ type: "log", level: "warn", message: text }];
      }
      // The account's, not a turn's: the last word before a refusal is about the limit that refused.
      case "account/rateLimits/updated":
        limitResetsAt = codexResetsAt(objectAt(params, "rateLimits"));
        return [];
      case "turn/completed":
        return onTurnCompleted(params);
      default:
        if (method.endsWith("elta")) progress += 1;
        return [];
    }
  };

  return {
    accept(line) {
      const message = parseJsonObject(line);
      if (message === null) return line.trim() === "" ? [] : [noise(line)];
      const method = stringAt(message, "method");
      if (method === null) return onReply(message);
      return message["id"] === undefined ? onNotification(method, objectAt(message, "params")) : [];
    },
    isTerminal: () => turn !== null,
    threadId: () => (threadKnown ? threadId : null),
    turnId: () => turnId,
    refuse(message, info) {
      refused = { message, ...info };
    },
    acceptSessionFile(lines) {
      if (turnId !== null) {
        const last = lastRolloutTotal(lines);
        return last === null ? [] : usage.observe(last, { model, provider });
      }
      const turnOnFile = recordedTurn(lines);
      if (turnOnFile === null) return [];
      ({ threadId, turnId, model } = turnOnFile);
      provider = turnOnFile.provider ?? provider;
      return usage.observe(turnOnFile.used, { model, provider });
    },
    progressCount: () => progress,
    finish(ending) {
      const outcome = codexOutcome({
        turn,
        lastError,
        limitResetsAt,
        refused,
        ending,
        threadId,
      });
      coverUsage(outcome);
      const completed = outcome.status === "completed";
      const notice = completed ? classifyNotice(answer) : null;
      const result: RunResult = {
        ...outcome,
        ...(notice === null
          ? {}
          : {
              status: "failed",
              error: answer,
              failureClass: notice,
              retryAfterMs: codexWaitMs({ limitResetsAt, ending }, notice, answer),
            }),
        answer: completed && notice === null ? answer : "",
        usage: [...usage.totals(), ...subagents.totals()],
        coverage: usage.coverage(),
      };
      const items: RunItem[] =
        result.error === null ? [] : [{ type: "error", message: result.error }];
      return { items, result };
    },
    sessionTotals() {
      const totals = usage.threadTotals();
      return totals === null ? null : [{ model, provider, role: "main", ...totals }];
    },
  };

  function coverUsage(outcome: Pick<RunResult, "status" | "failureClass">): void {
    const empty = usage.totals().length === 0;
    if (outcome.status === "completed") {
      if (empty) usage.degrade("none", "The CLI reported no usage for this turn.");
      return;
    }
    if (refused !== null && turnId === null) return;
    if (turn === null && empty) {
      usage.degrade("none", "The run ended before the CLI reported any usage.");
      return;
    }
    const refusedOutright = outcome.status === "failed" && refusals.has(outcome.failureClass);
    if (turn !== null && refusedOutright) return;
    usage.degrade("partial", "A reply that was broken off is not in the CLI's totals.");
  }
}

/** Failures in which the provider answered with a refusal, so no reply was begun. */
const refusals: ReadonlySet<RunResult["failureClass"]> = new Set([
  "provider_auth_or_access",
  "provider_quota_limit",
  "provider_capacity_or_rate_limit",
  "model_not_found_or_unavailable",
] as const);

function noise(text: string): RunItem {
  return { type: "log", level: "debug", message: text.slice(0, 500) };
}
