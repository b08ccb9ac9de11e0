import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gemini } from "../../clis/gemini.ts";
import { kimi } from "../../clis/kimi.ts";
import {
  agentScript,
  folderOfTest,
  giveEachTestAFolder,
  start,
} from "./testing/acp-run.fixture.ts";

giveEachTestAFolder();

describe("usage in session files", () => {
  it("counts what Kimi wrote since the run began, by agent, once", async () => {
    const folder = join(folderOfTest(), ".kimi-code", "sessions", "ws", "s-1", "agents");
    const record = (time: number, output: number): string =>
      `${JSON.stringify({ type: "usage.record", time, model: "k2", usage: { inputOther: 100, output, inputCacheRead: 7, inputCacheCreation: 5 } })}\n`;
    const startedAtMs = Date.now();
    for (const [agent, text] of [
      [
        "main",
        record(startedAtMs - 5, 1000) + record(startedAtMs + 5, 20) + record(startedAtMs + 6, 30),
      ],
      ["a-1", record(startedAtMs + 7, 4)],
    ] as const) {
      mkdirSync(join(folder, agent), { recursive: true });
      writeFileSync(join(folder, agent, "wire.jsonl"), text);
    }
    const { agent, items } = start(kimi, agentScript(), { startedAtMs });
    const result = await agent.result;
    expect(result.usage).toMatchObject([
      { model: "k2", role: "subagent", input: 100, cacheRead: 7, cacheWrite5m: 5, output: 4 },
      { model: "k2", role: "main", input: 200, cacheRead: 14, cacheWrite5m: 10, output: 50 },
    ]);
    expect(result.coverage).toEqual({ level: "exact", reason: "" });
    expect(items.filter((item) => item.type === "usage")).toHaveLength(3);
  });

  it("does without records that cannot be read", async () => {
    mkdirSync(
      join(folderOfTest(), ".kimi-code", "sessions", "ws", "s-1", "agents", "main", "wire.jsonl"),
      {
        recursive: true,
      },
    );
    const result = await start(kimi, agentScript()).agent.result;
    expect(result).toMatchObject({ status: "completed", usage: [], coverage: { level: "none" } });
  });

  it("counts Gemini's calls from its chat file, and what it reports beyond them beside", async () => {
    const sessionId = "0123abcd-1111-2222-3333-444444444444";
    const folder = join(folderOfTest(), ".gemini", "tmp", "work", "chats");
    mkdirSync(folder, { recursive: true });
    const startedAtMs = Date.parse("2026-03-01T10:00:00Z");
    const call = (id: string, timestamp: string, output: number): string =>
      JSON.stringify({
        id,
        timestamp,
        type: "gemini",
        model: "pro",
        tokens: { input: 100, output, cached: 40, thoughts: 5, tool: 0 },
      });
    const lines = [
      JSON.stringify({ sessionId, kind: "main" }),
      call("m-0", "2026-03-01T09:00:00Z", 900),
      call("m-1", "2026-03-01T10:00:01Z", 7),
      call("m-2", "2026-03-01T10:00:02Z", 8),
    ];
    writeFileSync(join(folder, "session-2026-03-01T10-00-0123abcd.jsonl"), `${lines.join("\n")}\n`);
    const counts = (input: number, output: number): object => ({
      input_tokens: input,
      output_tokens: output,
    });
    const quota = {
      model_usage: [
        { model: "pro", token_count: counts(200, 15) },
        { model: "flash", token_count: counts(30, 4) },
      ],
    };
    const script = agentScript({
      "session/new": [{ reply: { sessionId } }],
      "session/prompt": [
        {
          update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text: "ok" } },
          sessionId,
        },
        { reply: { stopReason: "end_turn", _meta: { quota } } },
      ],
    });
    const { agent } = start(gemini, script, { startedAtMs });
    const result = await agent.result;
    expect(result.status).toBe("completed");
    const shown = result.usage.map(({ model, role, input, cacheRead, output, reasoning }) => [
      model,
      role,
      input,
      cacheRead,
      output,
      reasoning,
    ]);
    expect(shown).toEqual([
      ["flash", "auxiliary", 30, 0, 4, 0],
      ["pro", "main", 120, 80, 25, 10],
    ]);
  });
});
