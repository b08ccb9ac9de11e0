import { describe, expect, it } from "vitest";
import type { UsageRule } from "../../core/usage-rule.ts";
import type { StreamEnding } from "../../core/run-mapper.ts";
import type { RunItem } from "../../core/types.ts";
import { plainDialect } from "./acp-dialect.ts";
import { AcpTurn } from "./acp-turn.ts";
import { acpUsageSources } from "./read-usage.ts";

const anyUsage: UsageRule = {
  source: acpUsageSources.any,
  accumulation: "process",
  inputIncludes: [],
  outputExcludesReasoning: false,
  provider: null,
  gap: "unchecked",
};

const ended: StreamEnding = { cause: "ended", exit: null, stderr: "", error: null };

function openTurn(usage: UsageRule = anyUsage): AcpTurn {
  const agent = { id: "some-agent", dialect: plainDialect, resumeRejected: [/no such session/] };
  const turn = new AcpTurn(agent, { model: null, resumeSessionId: null, baseline: null, usage });
  turn.sessionOpened({ sessionId: "s-1" });
  turn.promptSent();
  return turn;
}

function update(turn: AcpTurn, body: Record<string, unknown>): readonly RunItem[] {
  return turn.notified("session/update", { sessionId: "s-1", update: body });
}

const say = (text: string): Record<string, unknown> => ({
  sessionUpdate: "agent_message_chunk",
  content: { type: "text", text },
});

describe("AcpTurn", () => {
  it("delivers what was said after the last tool call, messages apart", () => {
    const turn = openTurn();
    update(turn, say("I will look."));
    update(turn, {
      sessionUpdate: "tool_call",
      toolCallId: "c",
      status: "completed",
      rawInput: { a: 1 },
    });
    update(turn, { ...say("First."), messageId: "m-1" });
    update(turn, { ...say("Second."), messageId: "m-2" });
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish(ended).result.answer).toBe("First.\n\nSecond.");
  });

  it("falls back to the last thing said when a tool call comes last", () => {
    const turn = openTurn();
    update(turn, say("All done, closing the issue."));
    update(turn, {
      sessionUpdate: "tool_call",
      toolCallId: "c",
      status: "completed",
      rawInput: { a: 1 },
    });
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish(ended).result.answer).toBe("All done, closing the issue.");
  });

  it("fails when the turn ends in silence and stderr names the provider's error", () => {
    const turn = openTurn();
    turn.promptReplied({ stopReason: "end_turn" });
    const { result } = turn.finish({
      ...ended,
      stderr: "boot\n❌ AuthenticationError: 401 bad key\n",
    });
    expect(result).toMatchObject({ status: "failed", failureClass: "provider_auth_or_access" });
    expect(result.error).toContain("401 bad key");
  });

  it.each([
    ["max_tokens", "context_overflow", true],
    ["max_turn_requests", "unknown", true],
    ["refusal", "unknown", false],
    ["error", "unknown", false],
  ] as const)("fails on the stop reason %s", (stopReason, failureClass, sessionRetired) => {
    const turn = openTurn();
    update(turn, say("half an answer"));
    turn.promptReplied({ stopReason });
    const { result } = turn.finish(ended);
    expect(result).toMatchObject({ status: "failed", failureClass, sessionRetired, answer: "" });
  });

  it("INV-21 never delivers a provider's limit notice", () => {
    const turn = openTurn();
    update(turn, say("You've hit your usage limit."));
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish(ended).result).toMatchObject({
      status: "failed",
      failureClass: "provider_quota_limit",
    });
  });

  it("fails when the last words are the provider's error, however much was said before", () => {
    const turn = openTurn();
    update(turn, say("I will write the file."));
    update(turn, say("Error: Failed to get a response. Last error: 429 slow down."));
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish(ended).result).toMatchObject({
      status: "failed",
      failureClass: "provider_capacity_or_rate_limit",
      answer: "",
    });
  });

  it("completes when the agent got over an error and said more", () => {
    const turn = openTurn();
    update(turn, say("Error: 503 from upstream."));
    update(turn, say("It worked on the second try."));
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish(ended).result).toMatchObject({
      status: "completed",
      answer: "It worked on the second try.",
    });
  });

  it("is cancelled, not completed, when it was stopped before its reply", () => {
    const turn = openTurn();
    update(turn, say("Done."));
    turn.promptReplied({ stopReason: "end_turn" });
    expect(turn.finish({ ...ended, cause: "cancelled" }).result.status).toBe("cancelled");
  });

  it("knows a rejected session from its row's signals only", () => {
    const rejected = openTurn();
    rejected.refused("session", { code: -32000, message: "no such session", data: undefined });
    expect(rejected.finish(ended).result.resumeRejected).toBe(true);
    const offline = openTurn();
    offline.refused("session", { code: -32603, message: "fetch failed", data: undefined });
    expect(offline.finish(ended).result.resumeRejected).toBe(false);
  });

  it("understands updates that wrap or rename their kind", () => {
    const turn = openTurn();
    const wrapped = update(turn, { AgentMessageChunk: { content: { type: "text", text: "a" } } });
    const renamed = update(turn, {
      type: "agentThoughtChunk",
      content: { type: "text", text: "b" },
    });
    expect([...wrapped, ...renamed]).toEqual([
      { type: "text", text: "a" },
      { type: "thinking", text: "b" },
    ]);
  });

  it("ignores other sessions and counts kinds it does not know", () => {
    const turn = openTurn();
    turn.notified("session/update", { sessionId: "s-2", update: say("not ours") });
    update(turn, { sessionUpdate: "mood_update" });
    update(turn, { sessionUpdate: "mood_update" });
    turn.promptReplied({ stopReason: "end_turn" });
    const { items, result } = turn.finish(ended);
    expect(result.answer).toBe("");
    expect(items.filter(({ type }) => type === "log")).toEqual([
      { type: "log", level: "debug", message: 'Ignored 2 session updates of kind "mood_update".' },
    ]);
  });
});

describe("usage of an agent nobody has checked", () => {
  const reply = (usage: Record<string, number>): object => {
    const turn = openTurn();
    update(turn, say("ok"));
    turn.promptReplied({ stopReason: "end_turn", usage });
    const { usage: booked, coverage } = turn.finish(ended).result;
    return { ...booked[0], level: coverage.level };
  };

  it("takes cached input out where the total shows that input contains it", () => {
    const usage = {
      inputTokens: 100,
      outputTokens: 20,
      cachedReadTokens: 30,
      cachedWriteTokens: 10,
      totalTokens: 120,
    };
    expect(reply(usage)).toMatchObject({
      input: 60,
      cacheRead: 30,
      cacheWrite5m: 10,
      output: 20,
      level: "partial",
    });
  });

  it("leaves input alone where the total is the sum of all parts", () => {
    const usage = { inputTokens: 100, outputTokens: 20, cachedReadTokens: 30, totalTokens: 150 };
    expect(reply(usage)).toMatchObject({ input: 100, cacheRead: 30, output: 20 });
  });

  it("adds reasoning to output where the total shows that it is apart", () => {
    const usage = { inputTokens: 100, outputTokens: 20, thoughtTokens: 5, totalTokens: 125 };
    expect(reply(usage)).toMatchObject({ output: 25, reasoning: 5 });
  });

  it("calls a figure partial when it has more cached input than input", () => {
    const rule: UsageRule = {
      ...anyUsage,
      source: acpUsageSources.reply,
      inputIncludes: ["cacheRead"],
      gap: null,
    };
    const turn = openTurn(rule);
    update(turn, say("ok"));
    turn.promptReplied({
      stopReason: "end_turn",
      usage: { inputTokens: 5, outputTokens: 1, cachedReadTokens: 9 },
    });
    const { usage, coverage } = turn.finish(ended).result;
    expect(usage[0]).toMatchObject({ input: 0, cacheRead: 9, model: "some-agent" });
    expect(coverage.level).toBe("partial");
  });

  it("leaves the end of a call that was killed with an earlier run to that run", () => {
    const agent = { id: "some-agent", dialect: plainDialect, resumeRejected: [] };
    const turn = new AcpTurn(agent, {
      model: null,
      resumeSessionId: "s-1",
      baseline: null,
      usage: anyUsage,
    });
    const start = { sessionUpdate: "tool_call", toolCallId: "c", rawInput: { command: "sleep" } };
    turn.sessionOpened({});
    update(turn, { ...start, status: "pending" });
    turn.promptSent();
    const givenUp = { sessionUpdate: "tool_call_update", toolCallId: "c", status: "failed" };
    expect(update(turn, { ...givenUp, rawOutput: { message: "interrupted" } })).toEqual([]);
    const again = update(turn, { ...start, status: "completed", rawOutput: "ok" });
    expect(again.map(({ type }) => type)).toEqual(["tool_use", "tool_result"]);
  });

  it("fails when the agent's records say so, whatever was said before and how the turn ended", () => {
    const turn = openTurn();
    update(turn, say("I will look."));
    turn.promptReplied({ stopReason: "end_turn" });
    turn.failureFound("500 Internal server error");
    const { items, result } = turn.finish(ended);
    expect(result).toMatchObject({
      status: "failed",
      answer: "",
      error: "500 Internal server error",
      failureClass: "provider_server_error",
    });
    expect(items).toContainEqual({ type: "error", message: "500 Internal server error" });
  });

  it("writes down why it failed, once", () => {
    const turn = openTurn();
    turn.refused("prompt", { code: -32603, message: "401 invalid api key", data: null });
    const { items, result } = turn.finish(ended);
    expect(items.filter(({ type }) => type === "error")).toEqual([
      { type: "error", message: result.error },
    ]);

    const talker = openTurn();
    update(talker, say("Error: 401 invalid api key"));
    talker.promptReplied({ stopReason: "end_turn" });
    const told = talker.finish(ended);
    expect(told.result.error).toMatch(/401/);
    expect(told.items.filter(({ type }) => type === "error")).toEqual([]);
  });
});
