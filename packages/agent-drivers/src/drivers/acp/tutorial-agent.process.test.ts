import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tutorial, tutorialCommand } from "../../clis/tutorial.ts";
import type { RunningAgent, RunSink } from "../../core/driver.ts";
import type { RunItem, RunOptions, RunResult } from "../../core/types.ts";
import { acpDriver } from "./acp-driver.ts";

/** Stands for the real command line: logs its arguments and input, and knows one issue. */
const fakeHeadcount = `#!/bin/sh
echo "$*" >> "$HEADCOUNT_TEST_LOG"
case "$*" in
  "issue get HC-7 --output json") echo '{"key":"HC-7","title":"Say hello"}' ;;
  "issue get "*) echo "no such issue" >&2; exit 4 ;;
  "issue comment add HC-7 --content-stdin") cat >> "$HEADCOUNT_TEST_LOG" ;;
esac
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tutorial-agent-"));
  for (const name of ["bin", "home", "work", "private"]) mkdirSync(join(root, name));
  writeFileSync(join(root, "bin", "headcount"), fakeHeadcount);
  chmodSync(join(root, "bin", "headcount"), 0o755);
  execFileSync("git", ["init", "--quiet"], { cwd: join(root, "work") });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

type Run = { readonly agent: RunningAgent; readonly items: RunItem[] };

function start(
  changes: Partial<RunOptions> = {},
  variables: Record<string, string> = {},
  watch: RunSink = () => undefined,
): Run {
  const items: RunItem[] = [];
  const options: RunOptions = {
    ...tutorialCommand(),
    extraArguments: [],
    workDirectory: join(root, "work"),
    prompt:
      "You are assigned UTF-8 matters. Read them with: headcount issue get HC-7 --output json",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: join(root, "private"),
    environment: {
      PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: join(root, "home"),
      HEADCOUNT_TEST_LOG: join(root, "log"),
      HEADCOUNT_TUTORIAL_PACE_MS: "0",
      ...variables,
    },
    marker: `tutorial-test-${root}`,
    startedAtMs: 0,
    ...changes,
  };
  const agent = acpDriver(tutorial, options, (item) => {
    items.push(item);
    watch(item);
  });
  return { agent, items };
}

const log = (): string => readFileSync(join(root, "log"), "utf8");
const file = (): string => join(root, "work", "headcount-tutorial", "HC-7.md");
const sums = (usage: RunResult["usage"]): object[] =>
  usage.map(({ model, provider, input, cacheRead, cacheWrite5m, output, reasoning }) => ({
    model,
    provider,
    counts: [input, cacheRead, cacheWrite5m, output, reasoning],
  }));

describe("tutorial agent", () => {
  it("reads its issue, writes, commits, comments and hands over", async () => {
    const { agent, items } = start();
    const result = await agent.result;
    expect(result).toMatchObject({ status: "completed", error: null, resumeRejected: false });
    expect(readFileSync(file(), "utf8")).toContain('HC-7, "Say hello"');
    const commits = execFileSync("git", ["log", "--format=%an %s", "--name-only"], {
      cwd: join(root, "work"),
      encoding: "utf8",
    });
    expect(commits.trim().split(/\n+/)).toEqual([
      "Headcount tutorial agent Greet HC-7 from the tutorial agent",
      "headcount-tutorial/HC-7.md",
    ]);
    expect(log()).toContain("No model was called.");
    expect(log()).toContain("issue status HC-7 in_review");
    const tools = items.flatMap((item) => (item.type === "tool_use" ? [item.tool] : []));
    expect(tools).toEqual(["read_issue", "write_file", "commit", "comment", "status"]);
    expect(items.filter((item) => item.type === "tool_result" && item.isError)).toEqual([]);
  });

  it("reports its made-up tokens step by step, exactly and as it says itself", async () => {
    const { agent, items } = start();
    const result = await agent.result;
    expect(result.coverage).toEqual({ level: "exact", reason: "" });
    expect(sums(result.usage)).toEqual([
      { model: "headcount/tutorial", provider: "headcount", counts: [1939, 8012, 3231, 967, 161] },
    ]);
    const booked = items.flatMap((item) => (item.type === "usage" ? [item.usage] : []));
    expect(booked.map(({ cumulative }) => cumulative)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    expect(new Set(booked.map(({ key }) => key)).size).toBe(5);
    expect(booked.reduce((sum, { output }) => sum + output, 0)).toBe(967);
    expect(result.answer).toContain(
      "Made-up token counts, booked under headcount/tutorial: input 1939, cache read 8012, cache write 3231, output 967 (of it reasoning 161).",
    );
    const first = items.findIndex((item) => item.type === "usage");
    expect(items.slice(first).some((item) => item.type === "tool_use")).toBe(true);
  });

  it("continues a session that it knows, and says no to one that it does not", async () => {
    const first = await start().agent.result;
    const { agent, items } = start({ resumeSessionId: first.sessionId });
    const second = await agent.result;
    expect(second).toMatchObject({ status: "completed", sessionId: first.sessionId });
    expect(sums(second.usage)).toEqual(sums(first.usage));
    expect(readFileSync(file(), "utf8")).toContain("Hello again.");
    expect(items.filter((item) => item.type === "tool_use")).toHaveLength(5);
    const unknown = await start({ resumeSessionId: "11111111-2222-3333-4444-555555555555" }).agent
      .result;
    expect(unknown).toMatchObject({ status: "failed", resumeRejected: true });
  });

  it("says so and fails when its own command fails", async () => {
    const { agent, items } = start({ prompt: "Please look at HC-8." });
    const result = await agent.result;
    expect(result).toMatchObject({ status: "failed", failureClass: "process_failure", answer: "" });
    expect(result.error).toContain("failed with exit code 4: no such issue");
    expect(items.some((item) => item.type === "text" && item.text.includes("cannot go on"))).toBe(
      true,
    );
    expect(existsSync(file())).toBe(false);
  });

  it("goes on without a commit where there is no repository", async () => {
    rmSync(join(root, "work", ".git"), { recursive: true });
    const { agent, items } = start({}, { GIT_CEILING_DIRECTORIES: root });
    expect((await agent.result).status).toBe("completed");
    const tools = items.flatMap((item) => (item.type === "tool_use" ? [item.tool] : []));
    expect(tools).toEqual(["read_issue", "write_file", "comment", "status"]);
  });

  it("stops at once when it is cancelled, and reports what it had used", async () => {
    const firstStep = Promise.withResolvers<void>();
    const { agent } = start({}, { HEADCOUNT_TUTORIAL_PACE_MS: "300" }, (item) => {
      if (item.type === "usage") firstStep.resolve();
    });
    await firstStep.promise;
    await agent.cancel("cancelled");
    const result = await agent.result;
    expect(result).toMatchObject({ status: "cancelled", answer: "", failureClass: null });
    expect(sums(result.usage)).toEqual([
      { model: "headcount/tutorial", provider: "headcount", counts: [1009, 0, 2003, 151, 31] },
    ]);
    expect(existsSync(file())).toBe(false);
  });
});
