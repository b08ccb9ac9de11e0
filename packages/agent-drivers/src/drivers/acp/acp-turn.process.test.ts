import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acpGeneric } from "../../clis/acp-generic.ts";
import {
  agentScript,
  endTurn,
  folderOfTest,
  giveEachTestAFolder,
  paramsOf,
  received,
  say,
  start,
} from "./testing/acp-run.fixture.ts";

giveEachTestAFolder();

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
    const refusing = join(folderOfTest(), "refusing.sh");
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
