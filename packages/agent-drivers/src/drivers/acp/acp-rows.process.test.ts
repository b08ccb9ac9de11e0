import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dim } from "../../clis/dim.ts";
import { grok } from "../../clis/grok.ts";
import { hermes } from "../../clis/hermes.ts";
import { qwenpaw } from "../../clis/qwenpaw.ts";
import { reasonix } from "../../clis/reasonix.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import { isJsonObject, parseJsonObject, type JsonObject } from "../../core/json.ts";
import type { RunItem, RunOptions, RunResult } from "../../core/types.ts";
import { acpDriver } from "./acp-driver.ts";
import type { AgentScript, ScriptStep } from "./testing/agent-script.ts";

const scriptedAgent = fileURLToPath(new URL("testing/scripted-agent.ts", import.meta.url));

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "acp-rows-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const say = (text: string): ScriptStep => ({
  update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } },
});
const endTurn: ScriptStep = { reply: { stopReason: "end_turn" } };
const canLoad = { protocolVersion: 1, agentCapabilities: { loadSession: true } };

const usualScript: AgentScript = {
  initialize: [{ reply: canLoad }],
  authenticate: [{ reply: {} }],
  "session/new": [{ reply: { sessionId: "s-1" } }],
  "session/load": [{ reply: {} }],
  "session/set_config_option": [{ reply: {} }],
  "session/close": [{ reply: {} }],
  "session/prompt": [say("ok"), endTurn],
};

type Run = { readonly result: RunResult; readonly items: readonly RunItem[] };

async function run(
  spec: CliSpec,
  script: AgentScript,
  changes: Partial<RunOptions> = {},
): Promise<Run> {
  const items: RunItem[] = [];
  const options: RunOptions = {
    executable: process.execPath,
    launchPrefix: [scriptedAgent, join(root, "log"), JSON.stringify({ ...usualScript, ...script })],
    extraArguments: [],
    workDirectory: root,
    prompt: "do it",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: root,
    environment: { PATH: process.env["PATH"] ?? "", HOME: root },
    marker: `acp-rows-test-${root}`,
    startedAtMs: 0,
    ...changes,
  };
  const agent = acpDriver(spec, options, (item) => items.push(item));
  return { result: await agent.result, items };
}

/** Parameters of every frame of that method that the agent has read. */
function sent(method: string): readonly unknown[] {
  return readFileSync(join(root, "log"), "utf8")
    .split("\n")
    .map((line) => parseJsonObject(line))
    .filter((frame): frame is JsonObject => isJsonObject(frame) && frame["method"] === method)
    .map((frame) => frame["params"]);
}

describe("Grok", () => {
  const offers = [{ id: "cached_token" }, { id: "xai.api_key" }];
  const initialize = [{ reply: { ...canLoad, authMethods: offers } }];
  const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12, costUsdTicks: 12_340_000_000 };
  const prompt = [say("ok"), { reply: { stopReason: "end_turn", _meta: { usage } } }];

  it.each([
    ["its key", { XAI_API_KEY: "k" }, "xai.api_key"],
    ["the login of its user", {}, "cached_token"],
  ])("logs in with %s", async (_name, more, methodId) => {
    const environment = { PATH: process.env["PATH"] ?? "", HOME: root, ...more };
    const { result } = await run(grok, { initialize }, { environment });
    expect(result.status).toBe("completed");
    expect(sent("authenticate")).toEqual([{ methodId, _meta: { headless: true } }]);
  });

  it("books tokens with the cost in its own small unit", async () => {
    const { items } = await run(grok, { "session/prompt": prompt });
    expect(items.filter((item) => item.type === "usage")).toMatchObject([
      {
        usage: { input: 10, output: 2, reportedCostUsd: "1.234", reportedCostBasis: "billed" },
      },
    ]);
  });

  it("does not count a resumed session again, and says so", async () => {
    const resumed = { resumeSessionId: "s-1" };
    const { result, items } = await run(grok, { "session/prompt": prompt }, resumed);
    expect(result.status).toBe("completed");
    expect(items.some((item) => item.type === "usage")).toBe(false);
    expect(result.usage).toEqual([]);
    expect(result.coverage).toEqual({
      level: "none",
      reason: expect.stringContaining("resumed session"),
    });
  });
});

describe("Reasonix", () => {
  const status = (sequence: number, completionTokens: number): ScriptStep => {
    const turn = {
      promptTokens: 100,
      cacheHitTokens: 60,
      completionTokens,
      estimatedCost: 0.5,
      currency: "USD",
    };
    const params = { schemaVersion: 1, sequence, usage: { turn } };
    const method = "_reasonix.io/session/status_update";
    return { raw: JSON.stringify({ jsonrpc: "2.0", method, params }) };
  };

  it("counts by its latest status, not by one that arrives late", async () => {
    const prompt = [status(1, 5), status(3, 9), status(2, 7), say("ok"), endTurn];
    const { result, items } = await run(reasonix, { "session/prompt": prompt });
    expect(result.usage).toMatchObject([{ input: 40, cacheRead: 60, output: 9 }]);
    expect(items.filter((item) => item.type === "usage").at(-1)).toMatchObject({
      usage: { cumulative: true, reportedCostUsd: "0.5", reportedCostBasis: "estimated" },
    });
    expect(result.coverage).toEqual({ level: "partial", reason: reasonix.usage.gap });
  });

  it.each([
    ["ask-1", "a"],
    ["call-1", "a:cancel"],
  ])("fails on a question (%s, %s), which nobody could answer", async (toolCallId, optionId) => {
    const params = {
      sessionId: "s-1",
      toolCall: { toolCallId, title: "Which one?" },
      options: [{ optionId, name: "A", kind: "allow_once" }],
    };
    const ask: ScriptStep = { ask: { method: "session/request_permission", params } };
    const { result } = await run(reasonix, { "session/prompt": [ask, { wait: true }] });
    expect(result).toMatchObject({ status: "failed", error: expect.stringContaining("question") });
  });
});

describe("Dim", () => {
  const held = { error: { code: -32603, message: "session is held by another process" } };

  it("is told that its session is over, which frees its lock", async () => {
    expect((await run(dim, {})).result.status).toBe("completed");
    expect(sent("session/close")).toEqual([{ sessionId: "s-1" }]);
  });

  it("is tried again while an earlier process holds the session", async () => {
    const { result } = await run(dim, { "session/load": [held] }, { resumeSessionId: "s-1" });
    expect(sent("session/load")).toHaveLength(4);
    expect(result.resumeRejected).toBe(false);
  });

  it("INV-20 does not work in a version that says of itself that it is too old", async () => {
    const agentInfo = { name: "dim", version: "0.3.9" };
    const { result } = await run(dim, { initialize: [{ reply: { ...canLoad, agentInfo } }] });
    expect(result).toMatchObject({
      status: "failed",
      failureClass: "runtime_version_unsupported",
    });
  });
});

it("QwenPaw is told its work directory, and never a model", async () => {
  const { result } = await run(qwenpaw, {}, { model: "m" });
  expect(result.status).toBe("completed");
  expect(sent("session/new")).toMatchObject([{ _meta: { "qwenpaw.coding_project_dir": root } }]);
  expect(sent("session/set_model")).toEqual([]);
});

it("Hermes gets http servers although it says nothing of them", async () => {
  const mcpServers = { remote: { type: "http", url: "http://127.0.0.1:1/mcp" } };
  const { result } = await run(hermes, {}, { mcpConfig: { mcpServers } });
  expect(result.status).toBe("completed");
  expect(sent("session/new")).toMatchObject([{ mcpServers: [{ name: "remote" }] }]);
});
