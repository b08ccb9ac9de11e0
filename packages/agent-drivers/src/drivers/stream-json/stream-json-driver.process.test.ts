import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claude } from "../../clis/claude.ts";
import { objectAt } from "../../core/json.ts";
import { listProcesses, markedProcesses } from "../../core/process-tree.ts";
import type { RunOptions } from "../../core/types.ts";
import type { CliScript, CliStep } from "../../testing/scripted-cli.ts";
import { startScripted, type ScriptedRun } from "../../testing/start-scripted.ts";
import { streamJsonDriver } from "./stream-json-driver.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stream-json-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const session = "0b8f0d0e-0000-4000-8000-000000000001";
const userFrame = { type: "user" };
const interrupt = { type: "control_request", "request.subtype": "interrupt" };
const getUsage = { type: "control_request", "request.subtype": "get_usage" };
const initLine: CliStep = {
  line: { type: "system", subtype: "init", session_id: session, model: "m" },
};

const modelUsage = (inputTokens: number, outputTokens: number): unknown => ({
  m: { inputTokens, outputTokens },
});

function resultLine(changes: Record<string, unknown> = {}): CliStep {
  return {
    line: {
      type: "result",
      subtype: "success",
      is_error: false,
      result: "Done.",
      session_id: session,
      terminal_reason: "completed",
      usage: { input_tokens: 10, output_tokens: 2 },
      modelUsage: modelUsage(10, 2),
      ...changes,
    },
  };
}

function assistantLine(text: string): CliStep {
  const message = {
    id: "a1",
    model: "m",
    content: [{ type: "text", text }],
    usage: { input_tokens: 10, output_tokens: 1 },
  };
  return { line: { type: "assistant", session_id: session, parent_tool_use_id: null, message } };
}

function start(script: CliScript, changes: Partial<RunOptions> = {}): ScriptedRun {
  return startScripted({ driver: streamJsonDriver, spec: claude, root }, script, changes);
}

const answering = (...steps: CliStep[]): CliScript => ({
  rules: [{ when: userFrame, steps: [initLine, ...steps] }],
});

describe("a fresh run", () => {
  it("sends the prompt by stdin and ends with the result", async () => {
    const run = start(answering(assistantLine("Done."), resultLine()));
    const result = await run.agent.result;
    expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: session });
    expect(result.usage).toMatchObject([{ model: "m", input: 10, output: 2 }]);
    expect(run.received()).toEqual([
      { type: "user", message: { role: "user", content: [{ type: "text", text: "the prompt" }] } },
    ]);
  });

  it("INV-66 keeps a prompt of a megabyte with quotes and newlines whole and out of the arguments", async () => {
    const prompt = `"quoted" 'it' \n$(touch x) \\ ${"long ".repeat(220_000)}`;
    const run = start(answering(resultLine()), { prompt });
    await run.agent.result;
    const message = objectAt(run.received()[0] ?? {}, "message");
    expect(message["content"]).toEqual([{ type: "text", text: prompt }]);
    expect(JSON.stringify(run.arguments())).not.toContain("quoted");
  });

  it("reads through noise, CRLF and a result without a line end", async () => {
    const last = JSON.stringify((resultLine() as { line: unknown }).line);
    const run = start(answering({ raw: "Welcome!\r\n\r\n" }, { raw: last }, { exit: 0 }));
    expect(await run.agent.result).toMatchObject({ status: "completed", answer: "Done." });
  });

  it("takes the last of two results", async () => {
    const failed = resultLine({ is_error: true, result: "API Error: 500", api_error_status: 500 });
    const run = start(answering({ raw: "" }, failed, resultLine()));
    expect(await run.agent.result).toMatchObject({ status: "completed", answer: "Done." });
  });

  it("fails when a tool went on in the background", async () => {
    const content = [{ type: "tool_result", tool_use_id: "t1", content: "launched" }];
    const line = {
      type: "user",
      message: { content },
      tool_use_result: { status: "async_launched" },
    };
    const run = start(answering({ line }, resultLine()));
    expect(await run.agent.result).toMatchObject({ status: "failed", answer: "" });
  });

  it("INV-20 exit 0 without a result is a failure", async () => {
    const run = start(answering(assistantLine("Done."), { exit: 0 }));
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      failureClass: "empty_or_unparseable_output",
      answer: "",
    });
  });

  it("names a missing executable", async () => {
    const run = start(answering(), { executable: "/no/such/claude", launchPrefix: [] });
    expect(run.agent.pid).toBeNull();
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      failureClass: "runtime_missing_executable",
    });
  });
});

describe("permission questions", () => {
  const ask = (tool: string, input: unknown): CliStep => ({
    line: {
      type: "control_request",
      request_id: `q-${tool}`,
      request: {
        subtype: "can_use_tool",
        tool_name: tool,
        input,
        permission_suggestions: [{ type: "setMode" }],
      },
    },
  });

  it("INV-57 are answered for this once, in the foreground, and questions to people are refused", async () => {
    const script: CliScript = {
      rules: [
        {
          when: userFrame,
          steps: [
            initLine,
            ask("Write", { file_path: "a" }),
            ask("Bash", { command: "x", run_in_background: true }),
            ask("AskUserQuestion", { questions: [] }),
            {
              line: {
                type: "control_request",
                request_id: "q-other",
                request: { subtype: "hook_callback" },
              },
            },
          ],
        },
        {
          when: { type: "control_response", "response.request_id": "q-other" },
          steps: [resultLine()],
        },
      ],
    };
    const run = start(script);
    await run.agent.result;
    const answers = run
      .received()
      .slice(1)
      .map((frame) => objectAt(frame, "response"));
    expect(answers).toEqual([
      {
        subtype: "success",
        request_id: "q-Write",
        response: { behavior: "allow", updatedInput: { file_path: "a" } },
      },
      {
        subtype: "success",
        request_id: "q-Bash",
        response: { behavior: "allow", updatedInput: { command: "x", run_in_background: false } },
      },
      {
        subtype: "success",
        request_id: "q-AskUserQuestion",
        response: { behavior: "deny", message: expect.any(String) },
      },
      { subtype: "error", request_id: "q-other", error: "not supported" },
    ]);
  });
});

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
    const folder = join(root, "home/.claude/projects/-work");
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

describe("stopping", () => {
  const aborted = resultLine({
    subtype: "error_during_execution",
    is_error: true,
    terminal_reason: "aborted_tools",
  });

  async function prompted(run: ScriptedRun): Promise<void> {
    await vi.waitFor(
      () => expect(run.items.some((item) => item.type === "text")).toBe(true),
      10_000,
    );
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
    await vi.waitFor(() => expect(run.received()).toHaveLength(1), 10_000);
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
    const folder = join(root, "home/.claude/projects/-work");
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

describe("managed MCP servers", () => {
  it("are in a file that only its owner reads and that goes with the run", async () => {
    const file = (): string => join(root, "private", "mcp", "servers.json");
    const run = start(
      { rules: [{ when: interrupt, steps: [resultLine({ terminal_reason: "aborted_tools" })] }] },
      { mcpConfig: { mcpServers: { a: { command: "x" } } } },
    );
    await vi.waitFor(() => expect(run.received()).toHaveLength(1), 10_000);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({
      mcpServers: { a: { command: "x" } },
    });
    expect(run.arguments()).toEqual(
      expect.arrayContaining(["--mcp-config", file(), "--strict-mcp-config"]),
    );
    await run.agent.cancel("cancelled");
    await run.agent.result;
    expect(existsSync(file())).toBe(false);
  });
});
