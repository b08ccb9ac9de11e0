import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acpGeneric } from "../../clis/acp-generic.ts";
import { gemini } from "../../clis/gemini.ts";
import { kimi } from "../../clis/kimi.ts";
import { kiro } from "../../clis/kiro.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { RunningAgent, RunSink } from "../../core/driver.ts";
import type { RunItem, RunOptions } from "../../core/types.ts";
import { acpDriver } from "./acp-driver.ts";
import type { AgentScript, ScriptStep } from "./testing/agent-script.ts";

type Json = Readonly<Record<string, unknown>>;

const scriptedAgent = fileURLToPath(new URL("testing/scripted-agent.ts", import.meta.url));

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "acp-driver-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const say = (text: string): ScriptStep => ({
  update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } },
});
const endTurn: ScriptStep = { reply: { stopReason: "end_turn" } };

/** An agent that opens a session and answers, unless the changes say otherwise. */
function agentScript(changes: AgentScript = {}): AgentScript {
  return {
    initialize: [{ reply: { protocolVersion: 1, agentCapabilities: {} } }],
    "session/new": [{ reply: { sessionId: "s-1" } }],
    "session/set_mode": [{ reply: {} }],
    "session/set_model": [{ reply: {} }],
    "session/set_config_option": [{ reply: {} }],
    "session/close": [{ reply: {} }],
    authenticate: [{ reply: {} }],
    "session/prompt": [say("ok"), endTurn],
    ...changes,
  };
}

type Run = { readonly agent: RunningAgent; readonly items: RunItem[] };

function start(
  spec: CliSpec,
  script: AgentScript,
  changes: Partial<RunOptions> = {},
  watch: RunSink = () => undefined,
): Run {
  const items: RunItem[] = [];
  const options: RunOptions = {
    executable: process.execPath,
    launchPrefix: [scriptedAgent, join(root, "log"), JSON.stringify(script)],
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
    marker: `acp-driver-test-${root}`,
    startedAtMs: 0,
    ...changes,
  };
  const agent = acpDriver(spec, options, (item) => {
    items.push(item);
    watch(item);
  });
  return { agent, items };
}

/** Frames the agent read, without the first line, which is its command line. */
function received(): readonly Json[] {
  const lines = readFileSync(join(root, "log"), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => JSON.parse(line) as Json);
}

const methods = (): readonly unknown[] => received().flatMap(({ method }) => method ?? []);
const paramsOf = (method: string): unknown =>
  received().find((frame) => frame["method"] === method)?.["params"];

describe("the way to a prompt", () => {
  it("starts, logs in, opens a session, chooses mode and model, prompts and says goodbye", async () => {
    const script = agentScript({
      initialize: [
        {
          reply: {
            protocolVersion: 1,
            agentCapabilities: {
              mcpCapabilities: { http: true },
              sessionCapabilities: { close: {} },
            },
            authMethods: [{ id: "oauth-personal" }, { id: "gemini-api-key" }],
          },
        },
      ],
      "session/new": [
        {
          reply: {
            sessionId: "s-1",
            modes: { currentModeId: "default", availableModes: [{ id: "yolo" }] },
          },
        },
      ],
    });
    const mcpServers = {
      local: { command: "tool", args: ["-x"], env: { KEY: "v" } },
      remote: { type: "http", url: "http://127.0.0.1:1/mcp", headers: { Authorization: "t" } },
    };
    const { agent } = start(gemini, script, {
      model: "gemini-pro",
      mcpConfig: { mcpServers },
      environment: { HOME: root, GEMINI_API_KEY: "k" },
    });
    expect(await agent.result).toMatchObject({
      status: "completed",
      answer: "ok",
      sessionId: "s-1",
    });
    expect(methods()).toEqual([
      "initialize",
      "authenticate",
      "session/new",
      "session/set_mode",
      "session/prompt",
      "session/close",
    ]);
    expect(paramsOf("authenticate")).toEqual({ methodId: "gemini-api-key" });
    expect(paramsOf("session/new")).toEqual({
      cwd: root,
      mcpServers: [
        { name: "local", command: "tool", args: ["-x"], env: [{ name: "KEY", value: "v" }] },
        {
          type: "http",
          name: "remote",
          url: "http://127.0.0.1:1/mcp",
          headers: [{ name: "Authorization", value: "t" }],
        },
      ],
    });
    expect(readFileSync(join(root, "log"), "utf8").split("\n")[0]).toBe(
      '{"argv":["--acp","-m","gemini-pro"]}',
    );
  });

  it("INV-66 sends a prompt of a megabyte with quotes and newlines through the protocol", async () => {
    const prompt = `"quoted" 'text'\n${"line\n".repeat(220_000)}`;
    const { agent } = start(kiro, agentScript(), { prompt, systemPrompt: "Be kind." });
    expect((await agent.result).status).toBe("completed");
    const blocks = [{ type: "text", text: `Be kind.\n\n${prompt}` }];
    expect(paramsOf("session/prompt")).toEqual({
      sessionId: "s-1",
      prompt: blocks,
      content: blocks,
    });
    expect(readFileSync(join(root, "log"), "utf8").split("\n")[0]).toBe(
      '{"argv":["acp","--trust-all-tools"]}',
    );
  });

  it("chooses a model by its name, in the agent's newer way, and not when it is chosen already", async () => {
    const options = {
      id: "model",
      category: "model",
      currentValue: "p/a",
      options: [{ value: "p/a" }, { value: "p/b", name: "B" }],
    };
    const script = agentScript({
      "session/new": [{ reply: { sessionId: "s-1", configOptions: [options] } }],
    });
    expect((await start(acpGeneric, script, { model: "B" }).agent.result).status).toBe("completed");
    expect(paramsOf("session/set_config_option")).toEqual({
      sessionId: "s-1",
      configId: "model",
      value: "p/b",
    });
    rmSync(join(root, "log"));
    expect((await start(acpGeneric, script, { model: "p/a" }).agent.result).status).toBe(
      "completed",
    );
    expect(methods()).not.toContain("session/set_config_option");
  });

  it("fails when the wanted model cannot be chosen", async () => {
    const { agent } = start(acpGeneric, agentScript(), { model: "m-9" });
    expect(await agent.result).toMatchObject({
      status: "failed",
      failureClass: "model_not_found_or_unavailable",
    });
    expect(methods()).not.toContain("session/prompt");
  });

  it("works on, with a word about it, when the wanted effort cannot be had", async () => {
    const { agent, items } = start(acpGeneric, agentScript(), { effort: "high" });
    expect((await agent.result).status).toBe("completed");
    expect(items).toContainEqual({
      type: "log",
      level: "warn",
      message: "Effort high is not offered.",
    });
  });

  it("fails closed when the agent cannot reach an MCP server it was given", async () => {
    const mcpConfig = { mcpServers: { far: { type: "http", url: "http://127.0.0.1:1" } } };
    const { agent } = start(acpGeneric, agentScript(), { mcpConfig });
    expect(await agent.result).toMatchObject({ status: "failed", failureClass: "missing_config" });
    expect(methods()).toEqual(["initialize"]);
  });

  it("does not wait for ever for an agent that says nothing", async () => {
    const limits = { handshakeMs: 300 };
    const { agent } = start(acpGeneric, { initialize: [] }, { limits });
    expect(await agent.result).toMatchObject({
      status: "idle_watchdog",
      failureClass: "agent_timeout",
      watchdog: { name: "handshake", limitMs: 300 },
    });
  });
});

describe("continuing a session", () => {
  const withCapabilities = (agentCapabilities: Json, more: AgentScript = {}): AgentScript =>
    agentScript({ initialize: [{ reply: { protocolVersion: 1, agentCapabilities } }], ...more });

  it("prefers to resume, else loads and keeps the replayed history out", async () => {
    const both = { loadSession: true, sessionCapabilities: { resume: {} } };
    const resumed = start(
      acpGeneric,
      withCapabilities(both, { "session/resume": [{ reply: {} }] }),
      { resumeSessionId: "s-1" },
    );
    expect(await resumed.agent.result).toMatchObject({ status: "completed", sessionId: "s-1" });
    expect(methods()).toContain("session/resume");
    expect(methods()).not.toContain("session/load");

    const history: readonly ScriptStep[] = [
      say("old words"),
      {
        update: {
          sessionUpdate: "tool_call",
          toolCallId: "old",
          status: "completed",
          rawInput: { a: 1 },
        },
      },
    ];
    const loading = withCapabilities(
      { loadSession: true },
      { "session/load": [...history, { reply: {} }] },
    );
    const loaded = start(acpGeneric, loading, { resumeSessionId: "s-1" });
    expect((await loaded.agent.result).answer).toBe("ok");
    const told = loaded.items.flatMap((item) => (item.type === "text" ? [item.text] : [item.type]));
    expect(told).toEqual(["status", "ok"]);
  });

  it("says that the session is lost when the agent cannot continue any", async () => {
    const { agent } = start(acpGeneric, withCapabilities({}), { resumeSessionId: "s-0" });
    expect(await agent.result).toMatchObject({ status: "failed", resumeRejected: true });
    expect(methods()).toEqual(["initialize"]);
  });

  it.each([
    [{ code: -32002, message: "Resource not found: Session s-0 not found" }, true],
    [
      {
        code: -32603,
        message: "Internal error",
        data: { details: "No previous sessions found for this project." },
      },
      true,
    ],
    [{ code: -32603, message: "fetch failed" }, false],
  ])("takes %j as the loss of a session: %s", async (error, isLost) => {
    const script = withCapabilities({ loadSession: true }, { "session/load": [{ error }] });
    const result = await start(acpGeneric, script, { resumeSessionId: "s-0" }).agent.result;
    expect(result).toMatchObject({ status: "failed", resumeRejected: isLost });
    expect(result.sessionId).toBe(isLost ? null : "s-0");
  });
});

describe("during the turn", () => {
  it("answers permissions with what was offered and refuses what it does not offer", async () => {
    const options = [
      { optionId: "always", kind: "allow_always" },
      { optionId: "odd", kind: "allow_maybe" },
      { optionId: "once", kind: "allow_once" },
    ];
    const toolCall = { toolCallId: "t-1", title: "write", rawInput: { path: "a" } };
    const script = agentScript({
      "session/prompt": [
        { wait: true },
        {
          ask: {
            method: "session/request_permission",
            params: { sessionId: "s-1", options, toolCall },
          },
        },
        { ask: { method: "craft/unknown", params: {} } },
      ],
      answer: [say("ok"), { answerPrompt: { stopReason: "end_turn" } }],
    });
    const { agent, items } = start(acpGeneric, script);
    expect((await agent.result).status).toBe("completed");
    const answers = received().filter(({ id }) => id === 900);
    expect(answers).toContainEqual({
      jsonrpc: "2.0",
      id: 900,
      result: { outcome: { outcome: "selected", optionId: "once" } },
    });
    expect(answers).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: -32601 }) }),
    );
    expect(items).toContainEqual({
      type: "tool_use",
      callId: "t-1",
      tool: "write",
      input: { path: "a" },
    });
  });

  it("reads past log lines, replies without a version and updates it does not know", async () => {
    const script = agentScript({
      "session/new": [{ raw: "INFO starting up" }, { bareReply: { sessionId: "s-1" } }],
      "session/prompt": [
        { update: { sessionUpdate: "weather_update" } },
        { raw: "[1, 2]" },
        say("fine"),
        endTurn,
      ],
    });
    const { agent, items } = start(acpGeneric, script);
    expect(await agent.result).toMatchObject({ status: "completed", answer: "fine" });
    expect(items).toContainEqual({ type: "log", level: "info", message: "INFO starting up" });
  });

  it("waits for what the agent says after its reply", async () => {
    const late = {
      sessionUpdate: "tool_call",
      toolCallId: "late",
      status: "completed",
      rawInput: { a: 1 },
    };
    const script = agentScript({ "session/prompt": [say("fine"), endTurn, { update: late }] });
    const { agent, items } = start(acpGeneric, script);
    expect(await agent.result).toMatchObject({ status: "completed", answer: "fine" });
    expect(items.some((item) => item.type === "tool_result" && item.callId === "late")).toBe(true);
  });

  it("INV-20 fails when the agent leaves without a reply, with the end of its stderr", async () => {
    const script = agentScript({
      "session/prompt": [say("half"), { stderr: "panic: out of cheese" }, { exit: 0 }],
    });
    const result = await start(acpGeneric, script).agent.result;
    expect(result).toMatchObject({ status: "failed", failureClass: "process_failure", answer: "" });
    expect(result.error).toContain("out of cheese");
  });

  it("does not take a program that will not listen for a network failure", async () => {
    const refusing = join(root, "refusing.sh");
    writeFileSync(refusing, "#!/bin/sh\nexec 0<&-\nsleep 0.2\nexit 1\n", { mode: 0o755 });
    const { agent } = start(
      acpGeneric,
      {},
      { executable: refusing, launchPrefix: [], prompt: "x".repeat(1e6) },
    );
    expect(await agent.result).toMatchObject({ status: "failed", failureClass: "process_failure" });
  });

  it("stops through the protocol and keeps the usage of the reply", async () => {
    const usage = { inputTokens: 10, outputTokens: 3, totalTokens: 13 };
    const script = agentScript({
      "session/prompt": [{ wait: true }, say("working")],
      "session/cancel": [{ answerPrompt: { stopReason: "cancelled", usage } }],
    });
    const working = Promise.withResolvers<void>();
    const { agent } = start(acpGeneric, script, {}, (item) => {
      if (item.type === "text") working.resolve();
    });
    await working.promise;
    await agent.cancel("cancelled");
    const result = await agent.result;
    expect(result).toMatchObject({ status: "cancelled", answer: "", failureClass: null });
    expect(result.usage).toMatchObject([{ model: "acp", input: 10, output: 3 }]);
    expect(paramsOf("session/cancel")).toEqual({ sessionId: "s-1" });
  });

  it("does not call it cancelled when the agent stops itself", async () => {
    const script = agentScript({ "session/prompt": [{ reply: { stopReason: "cancelled" } }] });
    expect((await start(acpGeneric, script).agent.result).status).toBe("failed");
  });

  it("ends a silent turn that left a provider's error on stderr as that failure", async () => {
    const script = agentScript({
      "session/prompt": [{ stderr: "❌ RateLimitError: 429" }, endTurn],
    });
    const result = await start(acpGeneric, script).agent.result;
    expect(result).toMatchObject({
      status: "failed",
      failureClass: "provider_capacity_or_rate_limit",
    });
  });
});

describe("usage in session files", () => {
  it("counts what Kimi wrote since the run began, by agent, once", async () => {
    const folder = join(root, ".kimi-code", "sessions", "ws", "s-1", "agents");
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
    mkdirSync(join(root, ".kimi-code", "sessions", "ws", "s-1", "agents", "main", "wire.jsonl"), {
      recursive: true,
    });
    const result = await start(kimi, agentScript()).agent.result;
    expect(result).toMatchObject({ status: "completed", usage: [], coverage: { level: "none" } });
  });

  it("counts Gemini's calls from its chat file, and what it reports beyond them beside", async () => {
    const sessionId = "0123abcd-1111-2222-3333-444444444444";
    const folder = join(root, ".gemini", "tmp", "work", "chats");
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
