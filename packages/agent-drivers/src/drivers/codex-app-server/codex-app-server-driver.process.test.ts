import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codex } from "../../clis/codex.ts";
import type { RunOptions } from "../../core/types.ts";
import type { CliRule, CliStep } from "../../testing/scripted-cli.ts";
import { startScripted, type ScriptedRun } from "../../testing/start-scripted.ts";
import { codexAppServerDriver } from "./codex-app-server-driver.ts";
import { managedCodexConfig } from "./managed-codex-config.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "codex-driver-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const threadReply: CliStep = {
  result: { thread: { id: "th" }, model: "large", modelProvider: "openai" },
};
const turnReply: CliStep = { result: { turn: { id: "tu", status: "inProgress" } } };

function notify(method: string, params: Record<string, unknown>): CliStep {
  return { line: { method, params: { threadId: "th", ...params } } };
}
function said(text: string): CliStep {
  return notify("item/completed", { turnId: "tu", item: { type: "agentMessage", id: "i", text } });
}
function used(inputTokens: number, outputTokens: number): CliStep {
  const total = { inputTokens, outputTokens };
  return notify("thread/tokenUsage/updated", { turnId: "tu", tokenUsage: { total } });
}
function ended(status: string, error: unknown = null): CliStep {
  return notify("turn/completed", { turn: { id: "tu", status, error } });
}
function started(pid: string): CliStep {
  const item = { type: "commandExecution", id: pid, command: "make" };
  return notify("item/started", { turnId: "tu", item });
}

const handshake: readonly CliRule[] = [
  { when: { method: "initialize" }, steps: [{ result: { userAgent: "codex" } }] },
  { when: { method: "thread/start" }, steps: [threadReply] },
];

function start(rules: readonly CliRule[], changes: Partial<RunOptions> = {}): ScriptedRun {
  const script = { rules: [...rules, ...handshake] };
  return startScripted({ driver: codexAppServerDriver, spec: codex, root }, script, changes);
}

function turn(...steps: CliStep[]): CliRule {
  return { when: { method: "turn/start" }, steps: [turnReply, ...steps] };
}

function sent(run: ScriptedRun, method: string): unknown {
  return run.received().find((message) => message["method"] === method)?.["params"];
}

describe("a turn of Codex", () => {
  it("goes through handshake, thread and turn to its answer", async () => {
    const run = start([turn(said("Done."), used(10, 2), ended("completed"))], {
      model: "large",
      effort: "high",
    });
    const result = await run.agent.result;
    expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: "th" });
    expect(result.usage).toMatchObject([
      { model: "large", provider: "openai", input: 10, output: 2 },
    ]);
    expect(run.received().map((message) => message["method"])).toEqual([
      "initialize",
      "initialized",
      "thread/start",
      "turn/start",
    ]);
    expect(sent(run, "thread/start")).toEqual({
      cwd: join(root, "work"),
      approvalPolicy: "never",
      sandbox: "danger-full-access",
      model: "large",
      config: {
        allow_login_shell: false,
        "shell_environment_policy.ignore_default_excludes": true,
        model_reasoning_effort: "high",
      },
    });
    expect(sent(run, "turn/start")).toMatchObject({
      input: [{ type: "text", text: "the prompt" }],
    });
  });

  it("resumes without the history and counts from where the thread stood", async () => {
    const before = { inputTokens: 100, outputTokens: 20 };
    const replay = notify("thread/tokenUsage/updated", {
      turnId: "old",
      tokenUsage: { total: before },
    });
    const run = start(
      [
        { when: { method: "thread/resume" }, steps: [threadReply, replay] },
        turn(said("Again."), used(130, 25), ended("completed")),
      ],
      { resumeSessionId: "th" },
    );
    const result = await run.agent.result;
    expect(result.usage).toMatchObject([{ input: 30, output: 5 }]);
    expect(sent(run, "thread/resume")).toMatchObject({ threadId: "th", excludeTurns: true });
  });

  it("reports a thread the CLI does not know", async () => {
    const error = { code: -32600, message: "no rollout found for thread id gone" };
    const run = start([{ when: { method: "thread/resume" }, steps: [{ error }] }], {
      resumeSessionId: "gone",
    });
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      resumeRejected: true,
      sessionId: null,
    });
  });

  it("fails, and does not reject the session, when the CLI does not answer", async () => {
    const run = start([{ when: { method: "thread/resume" }, steps: [] }], {
      resumeSessionId: "th",
      limits: { handshakeMs: 50 },
    });
    expect(await run.agent.result).toMatchObject({
      status: "idle_watchdog",
      watchdog: { name: "handshake", limitMs: 50 },
      resumeRejected: false,
      sessionRetired: false,
      error: "The agent CLI did not answer within 0.05 s of its start.",
      sessionId: "th",
    });
  });

  it("INV-20 a CLI that leaves in the middle of the turn failed", async () => {
    const run = start([turn(said("Done."), { exit: 0 })]);
    expect(await run.agent.result).toMatchObject({ status: "failed", answer: "" });
  });

  it("INV-57 approves what is asked for this once and nothing else", async () => {
    const ask = (id: number, method: string, params: unknown): CliStep => ({
      line: { id, method, params },
    });
    const run = start([
      turn(
        ask(90, "item/commandExecution/requestApproval", { command: "ls" }),
        ask(91, "item/fileChange/requestApproval", {
          availableDecisions: ["acceptForSession", "decline"],
        }),
        ask(92, "execCommandApproval", {}),
        ask(93, "item/permissions/requestApproval", { permissions: { network: true } }),
      ),
      { when: { id: 93 }, steps: [ended("completed")] },
    ]);
    await run.agent.result;
    const answers = run.received().filter((message) => "result" in message);
    expect(answers.map((message) => message["result"])).toEqual([
      { decision: "accept" },
      { decision: "decline" },
      { decision: "approved" },
      { permissions: { network: true }, scope: "turn" },
    ]);
  });

  it("refuses a question to a person and fails the turn", async () => {
    const question: CliStep = {
      line: { id: 95, method: "item/tool/requestUserInput", params: {} },
    };
    const run = start([
      turn(question),
      { when: { method: "turn/interrupt" }, steps: [{ result: {} }, ended("interrupted")] },
    ]);
    const result = await run.agent.result;
    expect(result).toMatchObject({
      status: "failed",
      error: expect.stringContaining("requestUserInput"),
    });
    const answer = run.received().find((message) => message["id"] === 95);
    expect(answer).toMatchObject({ error: { code: -32601 } });
  });
});

describe("stopping a turn of Codex", () => {
  it("interrupts and keeps the usage", async () => {
    const run = start([
      turn(used(10, 2), started("c1")),
      {
        when: { method: "turn/interrupt" },
        steps: [used(10, 2), { result: {} }, ended("interrupted")],
      },
    ]);
    await waitFor(() => run.items.some((item) => item.type === "tool_use"), {
      describe: "a call of a tool",
    });
    await run.agent.cancel("cancelled");
    const result = await run.agent.result;
    expect(result).toMatchObject({ status: "cancelled", sessionId: "th" });
    expect(result.usage).toMatchObject([{ input: 10, output: 2 }]);
    expect(sent(run, "turn/interrupt")).toEqual({ threadId: "th", turnId: "tu" });
  });

  it("retires a thread that made no progress", async () => {
    const run = start(
      [
        turn(),
        { when: { method: "turn/interrupt" }, steps: [{ result: {} }, ended("interrupted")] },
      ],
      { limits: { progressMs: 50 } },
    );
    expect(await run.agent.result).toMatchObject({
      status: "idle_watchdog",
      sessionRetired: true,
      watchdog: { name: "no_progress", limitMs: 50 },
    });
  });

  it("does not ask the model for progress while a tool works", async () => {
    const run = start(
      [
        turn(started("c1")),
        { when: { method: "turn/interrupt" }, steps: [{ result: {} }, ended("interrupted")] },
      ],
      { limits: { progressMs: 50, idleInToolMs: 400 } },
    );
    expect(await run.agent.result).toMatchObject({
      status: "idle_watchdog",
      watchdog: { name: "silent_tool", limitMs: 400 },
    });
  });
});

describe("a private home", () => {
  it("holds the managed servers for its owner only, and the user's login and sessions", async () => {
    const own = join(root, "home/.codex");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "auth.json"), "{}");
    writeFileSync(
      join(own, "config.toml"),
      'model = "large"\n[mcp_servers.mine]\ncommand = "x"\n[tui]\na = 1\n',
    );
    const run = start([turn()], { mcpConfig: { mcpServers: { ours: { command: "y" } } } });
    const config = join(root, "private/codex-home/config.toml");
    await waitFor(() => run.received().length > 3, { describe: "four requests" });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    const text = readFileSync(config, "utf8");
    expect(text).toContain('[mcp_servers.ours]\ncommand = "y"');
    expect(text).toContain("[tui]");
    expect(text).not.toContain("mine");
    expect(readFileSync(join(root, "private/codex-home/auth.json"), "utf8")).toBe("{}");
    process.kill(run.agent.pid ?? 0, "SIGKILL");
    await run.agent.result;
    expect(existsSync(config)).toBe(false);
  });

  it("fails the run on a malformed server", async () => {
    const run = start([turn()], { mcpConfig: { mcpServers: { bad: "text" } } });
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      failureClass: "missing_config",
    });
  });

  it("writes servers as TOML and replaces an earlier block", () => {
    const servers = {
      "a b": { type: "http", url: "https://x", headers: { "X-Key": 'q"q' } },
      c: { args: ["1", "2"] },
    };
    const once = managedCodexConfig('model = "x"', servers);
    expect(once).toContain(
      '[mcp_servers."a b"]\nurl = "https://x"\nhttp_headers = { X-Key = "q\\"q" }',
    );
    expect(once).toContain('[mcp_servers.c]\nargs = ["1", "2"]');
    expect(managedCodexConfig(once, servers)).toBe(once);
  });
});
