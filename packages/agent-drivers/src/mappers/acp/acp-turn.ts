import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { providerWaitMs } from "../../core/provider-wait.ts";
import type { FinishedRun, MapperInput, StreamEnding } from "../../core/run-mapper.ts";
import type { RunItem, UsageRole } from "../../core/types.ts";
import type { AcpDialect } from "./acp-dialect.ts";
import type { AcpError } from "./acp-error.ts";
import { AnswerTracker } from "./answer-tracker.ts";
import { normaliseUpdate } from "./normalise-update.ts";
import type { AcpUsageReading } from "./read-usage.ts";
import { readSessionFacts, readSessionOptions, isModelOption } from "./session-facts.ts";
import type { SessionFacts } from "./session-facts.ts";
import { ToolCallTracker } from "./tool-call-tracker.ts";
import { decideOutcome } from "./turn-outcome.ts";
import type { Abort, AcpStep, Refusal, TurnOutcome } from "./turn-outcome.ts";
import { TurnUsage } from "./turn-usage.ts";

/** What a turn has to know of its agent's row. */
export type AcpAgent = {
  readonly id: string;
  readonly dialect: AcpDialect;
  readonly resumeRejected: readonly RegExp[];
};

/**
 * One prompt turn of an ACP agent as a state machine without IO: what the agent said goes in, run
 * items and exactly one result come out. A live run and a recording feed the same machine.
 *
 * Nothing that arrives before `promptSent` becomes an item: `session/load` replays the whole
 * history, with some agents including its token counts.
 */
export class AcpTurn {
  readonly #agent: AcpAgent;
  readonly #input: MapperInput;
  readonly #tools: ToolCallTracker;
  readonly #answer = new AnswerTracker();
  readonly #usage: TurnUsage;
  readonly #unknownKinds = new Map<string, number>();
  #sessionId: string | null;
  readonly #replayedCalls = new Set<string>();
  #isPrompted = false;
  #failureText: string | null = null;
  #recordedFailure: string | null = null;
  #stopReason: string | null = null;
  #refusal: Refusal | null = null;
  #abort: Abort | null = null;

  constructor(agent: AcpAgent, input: MapperInput) {
    this.#agent = agent;
    this.#input = input;
    this.#sessionId = input.resumeSessionId;
    this.#tools = new ToolCallTracker(agent.dialect);
    this.#usage = new TurnUsage({
      agentId: agent.id,
      dialect: agent.dialect,
      input,
      sessionId: () => this.#sessionId,
    });
  }

  get sessionId(): string | null {
    return this.#sessionId;
  }

  /** The agent has answered the prompt, or refused to go on. */
  get isTerminal(): boolean {
    return this.#stopReason !== null || this.#refusal !== null || this.#abort !== null;
  }

  /** Reply to `session/new`, `session/load` or `session/resume`. */
  sessionOpened(reply: JsonObject): {
    readonly facts: SessionFacts;
    readonly items: readonly RunItem[];
  } {
    const facts = readSessionFacts(reply);
    this.#sessionId = facts.sessionId ?? this.#sessionId;
    this.modelChosen(facts.currentModel);
    return { facts, items: this.#announceSession() };
  }

  /** The agent confirmed a model, or told which one it uses. */
  modelChosen(agentModelId: string | null): void {
    if (agentModelId !== null) this.#usage.modelChosen(agentModelId);
  }

  promptSent(): void {
    this.#isPrompted = true;
  }

  notified(method: string, params: JsonObject): readonly RunItem[] {
    if (method === this.#agent.dialect.usageNotification) {
      return this.#isPrompted ? this.#usage.notified(params) : [];
    }
    if (method !== "session/update" && method !== "session/notification") return [];
    const sessionId = stringAt(params, "sessionId");
    if (this.#sessionId === null) this.#sessionId = sessionId;
    if (sessionId !== null && sessionId !== this.#sessionId) return [];
    const update = normaliseUpdate(objectAt(params, "update"));
    this.#noteModel(update);
    if (this.#isPrompted) return this.#updated(update);
    const replayed = stringAt(update, "toolCallId");
    if (replayed !== null) this.#replayedCalls.add(replayed);
    return [];
  }

  permissionAsked(params: JsonObject): readonly RunItem[] {
    return this.#toolItems(this.#tools.observeQuestion(objectAt(params, "toolCall")));
  }

  /** Reply to `session/prompt`. */
  promptReplied(reply: JsonObject): readonly RunItem[] {
    this.#refusal = null;
    this.#stopReason = stringAt(reply, "stopReason") ?? "";
    return this.#usage.replied(reply);
  }

  /** An error answer that ends the run. */
  refused(step: AcpStep, error: AcpError): void {
    this.#refusal = { step, error };
  }

  /** We cannot go on, whatever the agent says. */
  aborted(abort: Abort): void {
    this.#abort = abort;
  }

  /** Adds a finished model call that was found outside the stream. */
  callFound(id: string, reading: AcpUsageReading, role: UsageRole): readonly RunItem[] {
    return this.#usage.callFound(id, reading, role);
  }

  /** The agent's records account for every reply of the run, or say that one broke off. */
  repliesAccounted(isBroken: boolean): void {
    this.#usage.repliesAccounted(isBroken);
  }

  /** A tool call has ended whose output is to be looked up in the agent's records. */
  get awaitsOutput(): boolean {
    return this.#tools.awaitsOutput;
  }

  /** What a tool call gave back, found outside the stream. */
  outputFound(callId: string, output: string): readonly RunItem[] {
    return this.#tools.outputFound(callId, output);
  }

  /** The agent's records say that the turn failed, whatever its reply says. */
  failureFound(text: string): void {
    this.#recordedFailure = text;
  }

  finish(ending: StreamEnding): FinishedRun {
    const answer = this.#answer.answer();
    const outcome = decideOutcome({
      stopReason: this.#stopReason,
      refusal: this.#refusal,
      abort: this.#abort,
      failureText: this.#failureText ?? this.#recordedFailure,
      answer,
      rejected: this.#agent.resumeRejected,
      failureLines: this.#agent.dialect.failureLines,
      ending,
    });
    const usageItems = this.#usage.settle(this.#stopReason !== null);
    return {
      items: [
        ...this.#tools.giveUpOutputs(),
        ...usageItems,
        ...this.#unknownKindItems(),
        ...this.#errorItems(outcome),
      ],
      result: {
        ...outcome,
        answer: outcome.status === "completed" ? answer : "",
        // A session that is lost must not be kept for another try.
        sessionId: outcome.resumeRejected ? null : this.#sessionId,
        retryAfterMs:
          outcome.error === null ? null : providerWaitMs(outcome.error, ending.endedAtMs),
        coverage: this.#usage.coverage(),
        usage: this.#usage.totals(),
      },
    };
  }

  #announceSession(): readonly RunItem[] {
    if (this.#sessionId === null) return [];
    const text = this.#input.resumeSessionId === null ? "Session started" : "Session resumed";
    return [{ type: "status", text, sessionId: this.#sessionId }];
  }

  #noteModel(update: JsonObject): void {
    if (update["sessionUpdate"] === "config_option_update") {
      this.modelChosen(readSessionOptions(update).find(isModelOption)?.current ?? null);
    }
    this.modelChosen(stringAt(objectAt(update, "_meta"), "_claude/model"));
  }

  #updated(update: JsonObject): readonly RunItem[] {
    const kind = stringAt(update, "sessionUpdate") ?? "";
    if (kind === "agent_message_chunk") return this.#messageChunk(update);
    if (kind === "agent_thought_chunk") return this.#thought(update);
    if (kind === "tool_call" || kind === "tool_call_update") {
      if (this.#belongsToHistory(kind, update)) return [];
      return this.#toolItems(this.#tools.observe(update));
    }
    if (!silentKinds.has(kind)) {
      this.#unknownKinds.set(kind, (this.#unknownKinds.get(kind) ?? 0) + 1);
    }
    return [];
  }

  /** A call that was killed with an earlier run is given up only now; it may begin anew. */
  #belongsToHistory(kind: string, update: JsonObject): boolean {
    const callId = stringAt(update, "toolCallId") ?? "";
    if (kind === "tool_call") this.#replayedCalls.delete(callId);
    return this.#replayedCalls.has(callId);
  }

  #messageChunk(update: JsonObject): readonly RunItem[] {
    const usage = this.#usage.chunk(update);
    const text = chunkText(update);
    if (text === "") return usage;
    return [...usage, ...this.#tools.giveUpOutputs(), ...this.#spoken(text, update)];
  }

  #spoken(text: string, update: JsonObject): readonly RunItem[] {
    const { notices, retryNotices, failureTexts } = this.#agent.dialect;
    if (retryNotices.some((pattern) => pattern.test(text)))
      return [{ type: "status", text, retry: true }];
    if (notices.some((pattern) => pattern.test(text)))
      return [{ type: "log", level: "info", message: text }];
    if (failureTexts.some((pattern) => pattern.test(text))) {
      this.#failureText = text.trim();
      return [{ type: "error", message: text.trim() }];
    }
    if (isSubagent(update)) return [{ type: "text", text, subagent: true }];
    this.#failureText = null;
    this.#answer.addText(text, stringAt(update, "messageId"));
    return [{ type: "text", text }];
  }

  #thought(update: JsonObject): readonly RunItem[] {
    const text = chunkText(update);
    if (text === "") return [];
    const subagent = isSubagent(update) ? { subagent: true as const } : {};
    return [...this.#tools.giveUpOutputs(), { type: "thinking", text, ...subagent }];
  }

  #toolItems(items: readonly RunItem[]): readonly RunItem[] {
    if (items.some((item) => item.type === "tool_use" && item.subagent !== true)) {
      this.#answer.addToolCall();
      this.#failureText = null;
    }
    return items;
  }

  /** What the agent itself has not said already. */
  #errorItems({ status, error }: TurnOutcome): readonly RunItem[] {
    const isToTell = status !== "cancelled" && error !== null && error !== this.#failureText;
    return isToTell ? [{ type: "error", message: error }] : [];
  }

  #unknownKindItems(): readonly RunItem[] {
    return [...this.#unknownKinds].map(([kind, count]) => ({
      type: "log",
      level: "debug",
      message: `Ignored ${count} session updates of kind "${kind}".`,
    }));
  }
}

/** Updates that are understood and say nothing about the run's work or its cost. */
const silentKinds = new Set([
  "user_message_chunk",
  "plan",
  // Context occupancy, not consumption.
  "usage_update",
  "available_commands_update",
  "current_mode_update",
  "config_option_update",
  "session_info_update",
]);

function chunkText(update: JsonObject): string {
  const content = update["content"];
  if (typeof content === "string") return content;
  if (Array.isArray(content)) {
    return arrayAt(update, "content")
      .map((block) => chunkText({ content: block }))
      .join("");
  }
  return stringAt(objectAt(update, "content"), "text") ?? "";
}

function isSubagent(update: JsonObject): boolean {
  return stringAt(objectAt(objectAt(update, "_meta"), "claudeCode"), "parentToolUseId") !== null;
}
