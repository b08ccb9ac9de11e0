import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSessionFile } from "../read-session-file.ts";
import { createReadingReport } from "../reading-report.ts";
import { sessionClis } from "../session-clis.ts";
import type { SessionCliId, SessionUsage } from "../session-usage.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "sessions-"));
});
afterEach(() => rm(home, { recursive: true }));

async function put(path: string, ...lines: readonly unknown[]): Promise<void> {
  const file = join(home, path);
  await mkdir(dirname(file), { recursive: true });
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  await writeFile(file, text.join("\n"));
}

async function read(
  cli: SessionCliId,
  environment: Record<string, string> = {},
): Promise<{ usages: readonly SessionUsage[]; brokenLines: number; unreadable: number }> {
  const report = createReadingReport();
  const usages: SessionUsage[] = [];
  for (const file of await sessionClis[cli].find({ home, environment })) {
    for await (const usage of readSessionFile(file, report)) usages.push(usage);
  }
  return { usages, brokenLines: report.brokenLines, unreadable: report.unreadable.length };
}

const timestamp = "2025-11-02T08:00:00.000Z";

describe("Claude Code", () => {
  const line = (output: number, more: object = {}, message: object = {}): object => ({
    type: "assistant",
    sessionId: "s",
    requestId: "req",
    uuid: String(output),
    timestamp,
    message: {
      id: "msg_1",
      model: "claude-sonnet-4-5",
      usage: {
        input_tokens: 10,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 30,
        cache_creation: { ephemeral_1h_input_tokens: 12 },
        output_tokens: output,
      },
      ...message,
    },
    ...more,
  });

  it("takes the lines of one message for one call, whatever placeholder comes first or last", async () => {
    await put(".claude/projects/-w/s.jsonl", line(1), line(53), line(3));
    const { usages } = await read("claude");
    expect(usages).toMatchObject([
      {
        key: "claude:msg_1",
        input: 10,
        cacheRead: 20,
        cacheWrite5m: 18,
        cacheWrite1h: 12,
        output: 53,
        revision: 113,
        usedAt: timestamp,
      },
    ]);
  });

  it("leaves out errors that the CLI made up, and counts broken lines", async () => {
    const synthetic = line(0, {}, { id: "x", model: "<synthetic>" });
    const cut = JSON.stringify(line(9)).slice(0, 80);
    await put(".claude/projects/-w/s.jsonl", synthetic, cut, line(5));
    expect(await read("claude")).toMatchObject({ usages: [{ output: 5 }], brokenLines: 1 });
  });

  it("names a provider only where the id or the model's name tells it", async () => {
    await put(
      ".claude/projects/-w/s.jsonl",
      line(1, {}, { id: "msg_bdrk_1" }),
      line(1, {}, { id: "msg_vrtx_1" }),
      line(1, {}, { id: "msg_1", model: "kimi-k2-thinking" }),
    );
    const { usages } = await read("claude");
    const providers = usages.map(({ provider }) => provider);
    expect(providers).toEqual(["amazon-bedrock", "google-vertex", null]);
  });

  it("keeps calls apart to which another maker's server gave one id", async () => {
    const other = (input: number): object => {
      const usage = { input_tokens: input, output_tokens: 5 };
      return line(0, { requestId: `req-${input}` }, { id: "chatcmpl-0", model: "glm-4.6", usage });
    };
    await put(".claude/projects/-w/s.jsonl", other(10), other(10), other(20));
    expect((await read("claude")).usages).toMatchObject([{ input: 10 }, { input: 20 }]);
  });

  it("looks where it is told to, in several folders too, and in both of the usual ones", async () => {
    await put("one/projects/-w/s.jsonl", line(1));
    await put("two/projects/-w/s.jsonl", line(1, {}, { id: "msg_2" }));
    await put(".config/claude/projects/-w/s.jsonl", line(1));
    const folders = `${join(home, "one")}, ${join(home, "two")}`;
    expect((await read("claude", { CLAUDE_CONFIG_DIR: folders })).usages).toHaveLength(2);
    expect((await read("claude")).usages).toHaveLength(1);
  });
});

describe("Gemini CLI", () => {
  const message = {
    id: "m1",
    timestamp,
    type: "gemini",
    model: "gemini-2.5-pro",
    tokens: { input: 100, cached: 30, output: 7, thoughts: 5, tool: 2, total: 114 },
  };

  it("reads the single object that older versions wrote", async () => {
    await put(".gemini/tmp/hash/chats/session-2025-11-02T08-00-abc.json", {
      sessionId: "s1",
      messages: [{ id: "u", type: "user", timestamp }, message],
    });
    expect((await read("gemini")).usages).toMatchObject([
      { key: "gemini:m1", sessionId: "s1", input: 72, cacheRead: 30, output: 12, reasoning: 5 },
    ]);
  });

  it("counts a message once that is written again with its tool calls and in a resumed state", async () => {
    await put(
      ".gemini/tmp/p/chats/session-1.jsonl",
      { sessionId: "s1" },
      message,
      { ...message, toolCalls: [] },
      { $set: { sessionId: "s1", messages: [{ ...message, timestamp: "2025-11-03T08:00:00Z" }] } },
    );
    expect((await read("gemini")).usages).toMatchObject([{ usedAt: timestamp }]);
  });
});

describe("Qwen Code", () => {
  const usageMetadata = {
    promptTokenCount: 100,
    cachedContentTokenCount: 40,
    candidatesTokenCount: 9,
    thoughtsTokenCount: 4,
    totalTokenCount: 109,
  };
  const spoken = (uuid: string): object => ({
    type: "assistant",
    uuid,
    sessionId: "s",
    timestamp,
    model: "qwen3-coder",
    usageMetadata,
  });
  const response = (id: string, input: number): object => ({
    type: "system",
    sessionId: "s",
    timestamp,
    systemPayload: {
      uiEvent: {
        "event.name": "qwen-code.api_response",
        response_id: id,
        model: "qwen3-coder",
        input_token_count: input,
        cached_content_token_count: 40,
        output_token_count: 9,
        thoughts_token_count: 4,
        total_token_count: input + 9,
      },
    },
  });

  it("counts messages of versions that wrote nothing else", async () => {
    await put(".qwen/projects/-w/chats/s.jsonl", spoken("a"), spoken("b"), spoken("a"));
    expect((await read("qwen")).usages).toMatchObject([
      { key: "qwen:a", input: 60, cacheRead: 40, output: 9, reasoning: 4 },
      { key: "qwen:b" },
    ]);
  });

  it("counts calls beside the conversation, and those of the conversation once", async () => {
    await put(
      ".qwen/projects/-w/chats/s.jsonl",
      spoken("before-the-update"),
      response("r1", 100),
      spoken("a"),
      response("side", 500),
    );
    const { usages } = await read("qwen");
    expect(usages.map(({ key, role }) => [key, role])).toEqual([
      ["qwen:r1", "main"],
      ["qwen:side", "auxiliary"],
      ["qwen:a", "main"],
    ]);
  });

  it("adds thinking where the total says that the output lacks it", async () => {
    const apart = { ...spoken("a"), usageMetadata: { ...usageMetadata, totalTokenCount: 113 } };
    await put(".qwen/projects/-w/chats/s.jsonl", apart);
    expect((await read("qwen")).usages).toMatchObject([{ output: 13, reasoning: 4 }]);
  });
});

describe("Pi", () => {
  it("counts summaries and entries that only hold usage, under the model in use", async () => {
    const usage = { input: 5, output: 3, cacheRead: 0, cacheWrite: 9, cacheWrite1h: 4, cost: {} };
    await put(
      ".pi/agent/sessions/--w--/2025_s.jsonl",
      { type: "session", version: 3, id: "s", timestamp },
      { type: "model_change", id: "1", timestamp, provider: "Anthropic", modelId: "claude-x" },
      { type: "compaction", id: "2", timestamp, usage },
      { type: "usage", id: "3", timestamp, kind: "cache_warm", provider: "p", model: "m", usage },
      { type: "message", id: "4", timestamp, message: { role: "user", usage } },
    );
    expect((await read("pi")).usages).toMatchObject([
      { model: "claude-x", provider: "anthropic", role: "auxiliary", cacheWrite5m: 5 },
      { model: "m", provider: "p", cacheWrite1h: 4, reportedCostUsd: null },
    ]);
  });
});

describe("OpenCode before its database", () => {
  const storage = ".local/share/opencode/storage";
  const message = {
    id: "msg_1",
    role: "assistant",
    sessionID: "ses_1",
    modelID: "gpt-5",
    providerID: "OpenAI",
    time: { created: 1_750_000_000_000 },
    tokens: { input: 50, output: 5, reasoning: 0, cache: { read: 0, write: 0 } },
    cost: 0.01,
  };
  const step = (input: number): object => ({
    type: "step-finish",
    cost: 0.0025,
    tokens: { input, output: 5, reasoning: 2, cache: { read: 7, write: 1 } },
  });

  it("counts every step of a message, not only the last that the message itself holds", async () => {
    await put(`${storage}/message/ses_1/msg_1.json`, message);
    await put(`${storage}/message/ses_1/msg_0.json`, { id: "msg_0", role: "user" });
    await put(`${storage}/part/msg_1/prt_1.json`, step(40));
    await put(`${storage}/part/msg_1/prt_2.json`, { type: "text" });
    await put(`${storage}/part/msg_1/prt_3.json`, step(50));
    expect((await read("opencode")).usages).toMatchObject([
      { input: 40, cacheRead: 7, cacheWrite5m: 1, output: 7, reasoning: 2, provider: "openai" },
      { input: 50, output: 7, sessionId: "ses_1", reportedCostUsd: "0.0025" },
    ]);
  });

  it("falls back to the message where no steps were kept", async () => {
    await put(`${storage}/message/ses_1/msg_1.json`, message);
    expect((await read("opencode")).usages).toMatchObject([{ input: 50, output: 5 }]);
  });

  it("names a file that it cannot read, and goes on", async () => {
    await put(".local/share/opencode/opencode.db", "this is no database");
    await put(`${storage}/message/ses_1/msg_1.json`, message);
    expect(await read("opencode")).toMatchObject({ usages: [{ input: 50 }], unreadable: 1 });
  });
});

it("a machine without any of the CLIs has no sessions", async () => {
  for (const cli of Object.values(sessionClis)) {
    expect(await cli.find({ home, environment: {} })).toEqual([]);
  }
});
