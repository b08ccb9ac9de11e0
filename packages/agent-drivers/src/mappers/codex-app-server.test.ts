import { describe, expect, it } from "vitest";
import { codex } from "../clis/codex.ts";
import type { StreamEnding } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import { createCodexMapper } from "./codex.ts";
import { createCodexAppServerMapper, type CodexMapper } from "./codex-app-server.ts";

const ended: StreamEnding = {
  cause: "ended",
  exit: { code: 0, signal: null },
  stderr: "",
  error: null,
};

function mapperOfThread(resumeSessionId: string | null = null): CodexMapper {
  const mapper = createCodexAppServerMapper({
    model: "large",
    resumeSessionId,
    baseline: null,
    usage: codex.usage,
  });
  feed(mapper, {
    id: 1,
    result: { thread: { id: "ours" }, model: "large", modelProvider: "openai" },
  });
  return mapper;
}

function feed(mapper: CodexMapper, message: unknown): ReturnType<CodexMapper["accept"]> {
  return mapper.accept(JSON.stringify(message));
}

function usage(turnId: string, input: number, output: number, threadId = "ours"): unknown {
  const total = { inputTokens: input, cachedInputTokens: 0, outputTokens: output };
  return {
    method: "thread/tokenUsage/updated",
    params: { threadId, turnId, tokenUsage: { total, last: total } },
  };
}

function completed(turnId: string, status = "completed", threadId = "ours"): unknown {
  return {
    method: "turn/completed",
    params: { threadId, turn: { id: turnId, status, error: null } },
  };
}

describe("Codex app server", () => {
  it("ignores the end of a subagent's turn", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    feed(mapper, completed("other", "completed", "subagent-thread"));
    expect(mapper.isTerminal()).toBe(false);
    expect(mapper.finish(ended).result.status).toBe("failed");
  });

  it("books a subagent's thread that began during our turn, and no other", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const thread = { id: "helper", model: "small", modelProvider: "openai" };
    feed(mapper, { method: "thread/started", params: { thread } });
    feed(mapper, usage("h1", 40, 4, "helper"));
    feed(mapper, usage("h1", 40, 4, "helper"));
    feed(mapper, usage("x1", 900, 90, "history"));
    feed(mapper, usage("t1", 10, 1));
    feed(mapper, completed("t1"));
    expect(mapper.finish(ended).result.usage).toMatchObject([
      { model: "large", role: "main", input: 10, output: 1 },
      { model: "small", role: "subagent", input: 40, output: 4 },
    ]);
  });

  it("accepts the end of the turn before the reply that names it", () => {
    const mapper = mapperOfThread();
    feed(mapper, { method: "turn/started", params: { threadId: "ours", turn: { id: "t1" } } });
    feed(mapper, usage("t1", 10, 2));
    feed(mapper, completed("t1"));
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const { result } = mapper.finish(ended);
    expect(result.status).toBe("completed");
    expect(result.usage).toMatchObject([{ model: "large", input: 10, output: 2 }]);
  });

  it("does not take idle for the end", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const idle = { threadId: "ours", status: { type: "idle" } };
    feed(mapper, { method: "thread/status/changed", params: idle });
    expect(mapper.isTerminal()).toBe(false);
  });

  it("counts a repeated total once and takes replayed totals as the baseline", () => {
    const mapper = mapperOfThread("ours");
    feed(mapper, usage("old", 1000, 100));
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    feed(mapper, usage("old", 1000, 100));
    feed(mapper, usage("t1", 1300, 110));
    feed(mapper, usage("t1", 1300, 110));
    feed(mapper, completed("t1", "interrupted"));
    const { result } = mapper.finish({ ...ended, cause: "cancelled" });
    expect(result.status).toBe("cancelled");
    expect(result.usage).toMatchObject([{ input: 300, output: 10 }]);
  });

  it("books the growth to the model that was at work", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    feed(mapper, usage("t1", 100, 10));
    const params = { threadId: "ours", turnId: "t1", fromModel: "large", toModel: "small" };
    feed(mapper, { method: "model/rerouted", params });
    feed(mapper, usage("t1", 150, 15));
    feed(mapper, completed("t1"));
    expect(mapper.finish(ended).result.usage).toMatchObject([
      { model: "large", input: 100, output: 10 },
      { model: "small", input: 50, output: 5 },
    ]);
  });

  it("discards a baseline that the totals contradict", () => {
    const mapper = mapperOfThread("ours");
    feed(mapper, usage("old", 1000, 100));
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const items = feed(mapper, usage("t1", 70, 7));
    feed(mapper, completed("t1"));
    const { result } = mapper.finish(ended);
    expect(items).toContainEqual(expect.objectContaining({ type: "log", level: "warn" }));
    expect(result.usage).toMatchObject([{ input: 70, output: 7 }]);
    expect(result.coverage.level).toBe("partial");
  });

  it("takes what a killed run still wrote to its rollout file", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    feed(mapper, usage("t1", 100, 10));
    const info = { total_token_usage: { input_tokens: 160, output_tokens: 16 } };
    mapper.acceptSessionFile?.([
      { type: "event_msg", payload: { type: "token_count", info: null } },
      { type: "event_msg", payload: { type: "token_count", info } },
    ]);
    const { result } = mapper.finish({ ...ended, exit: { code: null, signal: "SIGKILL" } });
    expect(result.usage).toMatchObject([{ input: 160, output: 16 }]);
    expect(result.coverage.level).toBe("partial");
  });

  it("INV-19 tells a turn from its rollout file alone, under the keys of the live run", () => {
    const live = mapperOfThread("ours");
    feed(live, usage("old", 1000, 100));
    feed(live, { id: 2, result: { turn: { id: "t1" } } });
    const seen = feed(live, usage("t1", 1100, 110));
    const recovered = createCodexMapper({
      model: null,
      resumeSessionId: "ours",
      baseline: null,
      usage: codex.usage,
    });
    const used = { input_tokens: 160, output_tokens: 16 };
    const record = { thread_id: "ours", turn_id: "t1", turn_token_usage: used };
    const items = recovered.acceptSessionFile?.([
      { type: "session_meta", payload: { model_provider: "OpenAI" } },
      { type: "turn_context", payload: { turn_id: "t1", model: "large" } },
      { type: "token_usage_record", payload: record },
    ]);
    const keyOf = (list: readonly RunItem[] = []): unknown =>
      list.flatMap((item) => (item.type === "usage" ? [item.usage.key] : []));
    expect(keyOf(items)).toEqual(keyOf(seen));
    expect(items).toMatchObject([{ usage: { input: 160, output: 16, provider: "openai" } }]);
  });

  it("shows a retry as status and fails only on the error that is final", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const error = { message: "Reconnecting... 1/5", codexErrorInfo: null };
    const params = { threadId: "ours", turnId: "t1", error, willRetry: true };
    const items = feed(mapper, { method: "error", params });
    expect(items).toEqual([{ type: "status", text: "Reconnecting... 1/5", retry: true }]);
    feed(mapper, completed("t1"));
    expect(mapper.finish(ended).result.status).toBe("completed");
  });

  it("retires a thread whose context is exhausted", () => {
    const mapper = mapperOfThread();
    feed(mapper, { id: 2, result: { turn: { id: "t1" } } });
    const error = { message: "too much", codexErrorInfo: "contextWindowExceeded" };
    const turn = { id: "t1", status: "failed", error };
    feed(mapper, { method: "turn/completed", params: { threadId: "ours", turn } });
    const { result } = mapper.finish(ended);
    expect(result.failureClass).toBe("context_overflow");
    expect(result.sessionRetired).toBe(true);
  });

  it("reports a thread that could not be resumed, and no session", () => {
    const mapper = createCodexAppServerMapper({
      model: null,
      resumeSessionId: "gone",
      baseline: null,
      usage: codex.usage,
    });
    mapper.refuse("no rollout found for thread id gone", { resumeRejected: true });
    const { result } = mapper.finish(ended);
    expect(result).toMatchObject({ status: "failed", resumeRejected: true, sessionId: null });
  });
});
