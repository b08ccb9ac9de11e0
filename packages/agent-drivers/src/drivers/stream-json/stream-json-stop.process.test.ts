import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { describe, expect, it } from "vitest";
import { listProcesses, markedProcesses } from "../../core/process-tree.ts";
import type { ScriptedRun } from "../../testing/start-scripted.ts";
import {
  answering,
  assistantLine,
  initLine,
  interrupt,
  resultLine,
  scriptedRuns,
  session,
  userFrame,
} from "./testing/stream-json-run.fixture.ts";

const { root, start } = scriptedRuns();

describe("stopping", () => {
  const aborted = resultLine({
    subtype: "error_during_execution",
    is_error: true,
    terminal_reason: "aborted_tools",
  });

  async function prompted(run: ScriptedRun): Promise<void> {
    await waitFor(() => run.items.some((item) => item.type === "text"), {
      describe: "what the agent says",
    });
  }

  it("asks first and keeps the usage", async () => {
    const run = start({
      rules: [
        { when: userFrame, steps: [initLine, assistantLine("working")] },
        { when: interrupt, steps: [{ control: {} }, aborted] },
      ],
    });
    await prompted(run);
    await run.agent.cancel("cancelled");
    const result = await run.agent.result;
    expect(result).toMatchObject({ status: "cancelled", answer: "", sessionId: session });
    expect(result.usage).toMatchObject([{ input: 10, output: 2 }]);
  });

  it("ends a CLI that does not listen, and all its processes", async () => {
    const run = start(answering(assistantLine("working")));
    await prompted(run);
    await Promise.all([run.agent.cancel("cancelled"), run.agent.cancel("cancelled")]);
    expect(await run.agent.result).toMatchObject({ status: "cancelled" });
    expect(markedProcesses(run.options.marker, listProcesses())).toEqual([]);
  });

  it("before the prompt went out never sends it", async () => {
    const run = start({ rules: [] }, { resumeSessionId: session });
    await waitFor(() => run.received().length === 1, { describe: "the first request" });
    await run.agent.cancel("cancelled");
    expect(await run.agent.result).toMatchObject({ status: "cancelled" });
    expect(run.received().map((frame) => frame["type"])).toEqual(["control_request"]);
  });

  it("after the result leaves the result as it is", async () => {
    const run = start(answering(resultLine()));
    await run.agent.result;
    await run.agent.cancel("cancelled");
    expect(await run.agent.result).toMatchObject({ status: "completed" });
  });

  it("reads the session file of a run that was killed", async () => {
    const folder = join(root(), "home/.claude/projects/-work");
    mkdirSync(folder, { recursive: true });
    const line = (id: string, at: string, output: number): string =>
      JSON.stringify({
        type: "assistant",
        timestamp: at,
        message: {
          id,
          model: "m",
          stop_reason: "tool_use",
          usage: { input_tokens: 10, output_tokens: output },
        },
      });
    const now = new Date(Date.now() + 1000).toISOString();
    const lines = [
      line("old", "2020-01-01T00:00:00Z", 99),
      line("a1", now, 7),
      line("a1", now, 7),
      line("a2", now, 5),
    ];
    writeFileSync(join(folder, `${session}.jsonl`), lines.join("\n"));
    const run = start(answering(assistantLine("working")));
    await prompted(run);
    process.kill(run.agent.pid ?? 0, "SIGKILL");
    const result = await run.agent.result;
    expect(result).toMatchObject({
      status: "failed",
      failureClass: "process_failure",
      sessionId: session,
    });
    expect(result.usage).toMatchObject([{ input: 20, output: 12 }]);
    expect(result.coverage.level).toBe("partial");
  });

  it("gives up on silence", async () => {
    const run = start(answering(assistantLine("working")), { limits: { idleMs: 300 } });
    expect(await run.agent.result).toMatchObject({
      status: "idle_watchdog",
      failureClass: "agent_timeout",
      watchdog: { name: "silence", limitMs: 300 },
      error: "The agent wrote nothing for 0.3 s.",
    });
  });
});
