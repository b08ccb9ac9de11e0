import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acpGeneric } from "../../clis/acp-generic.ts";
import { gemini } from "../../clis/gemini.ts";
import { kiro } from "../../clis/kiro.ts";
import {
  agentScript,
  folderOfTest,
  giveEachTestAFolder,
  methods,
  paramsOf,
  start,
} from "./testing/acp-run.fixture.ts";

giveEachTestAFolder();

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
      environment: { HOME: folderOfTest(), GEMINI_API_KEY: "k" },
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
      cwd: folderOfTest(),
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
    expect(readFileSync(join(folderOfTest(), "log"), "utf8").split("\n")[0]).toBe(
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
    expect(readFileSync(join(folderOfTest(), "log"), "utf8").split("\n")[0]).toBe(
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
    rmSync(join(folderOfTest(), "log"));
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
