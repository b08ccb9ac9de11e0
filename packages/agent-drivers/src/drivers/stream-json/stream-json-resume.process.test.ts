import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { objectAt } from "../../core/json.ts";
import {
  answering,
  assistantLine,
  getUsage,
  initLine,
  modelUsage,
  resultLine,
  scriptedRuns,
  session,
  userFrame,
} from "./testing/stream-json-run.fixture.ts";

const { root, start } = scriptedRuns();

describe("a resumed run", () => {
  const resumed = { resumeSessionId: session };
  const totals = { usage: { input_tokens: 30, output_tokens: 5 }, modelUsage: modelUsage(130, 25) };

  it("asks for the session's totals before the prompt and counts from there", async () => {
    const run = start(
      {
        rules: [
          {
            when: getUsage,
            steps: [{ control: { session: { model_usage: modelUsage(100, 20) } } }],
          },
          { when: userFrame, steps: [initLine, resultLine(totals)] },
        ],
      },
      resumed,
    );
    const result = await run.agent.result;
    expect(run.received().map((frame) => frame["type"])).toEqual(["control_request", "user"]);
    expect(objectAt(run.received()[0] ?? {}, "request")).toEqual({
      subtype: "get_usage",
      skip_behaviors: true,
    });
    expect(result.usage).toMatchObject([{ input: 30, output: 5 }]);
    expect(result.coverage.level).toBe("exact");
    expect(run.arguments()).toContain("--resume");
  });

  it("falls back to what the CLI saved when it does not answer", async () => {
    const folder = join(root(), "home/.claude/projects/-work");
    mkdirSync(folder, { recursive: true });
    const saved = [1, 2].map((n) =>
      JSON.stringify({ type: "cost-state", modelUsage: modelUsage(50 * n, 10 * n) }),
    );
    writeFileSync(join(folder, `${session}.jsonl`), `${saved.join("\n")}\n`);
    const run = start(answering(resultLine(totals)), { ...resumed, limits: { handshakeMs: 20 } });
    expect((await run.agent.result).usage).toMatchObject([{ input: 30, output: 5 }]);
  });

  it("counts only the main loop when nothing knows the totals before", async () => {
    const run = start(answering(assistantLine("x"), resultLine(totals)), {
      ...resumed,
      limits: { handshakeMs: 20 },
    });
    const result = await run.agent.result;
    expect(result.usage).toMatchObject([{ model: "m", input: 30, output: 5, role: "main" }]);
    expect(result.coverage.level).toBe("partial");
  });

  it("reports a session the CLI does not know, and none of its own", async () => {
    const errors = [`No conversation found with session ID: ${session}`];
    const refused = resultLine({
      subtype: "error_during_execution",
      is_error: true,
      errors,
      session_id: "new",
    });
    const run = start({ start: [refused, { exit: 1 }], rules: [] }, resumed);
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      resumeRejected: true,
      sessionId: null,
    });
  });

  it("does not take a network failure for a rejected session", async () => {
    const failed = resultLine({
      is_error: true,
      terminal_reason: "api_error",
      result: "API Error: Connection error.",
    });
    const run = start(answering(failed), { ...resumed, limits: { handshakeMs: 20 } });
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      failureClass: "provider_network",
      resumeRejected: false,
      sessionId: session,
    });
  });
});
