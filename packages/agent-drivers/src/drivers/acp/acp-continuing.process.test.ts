import { describe, expect, it } from "vitest";
import { acpGeneric } from "../../clis/acp-generic.ts";
import type { AgentScript, ScriptStep } from "./testing/agent-script.ts";
import {
  agentScript,
  giveEachTestAFolder,
  methods,
  say,
  start,
  type Json,
} from "./testing/acp-run.fixture.ts";

giveEachTestAFolder();

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
