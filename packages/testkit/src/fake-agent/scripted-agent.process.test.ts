import { readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { objectOf, stringOf } from "../fake-model/json.ts";
import type { AgentScript } from "./agent-script.ts";
import { STREAM_JSON, workplace } from "./conversation.fixture.ts";

const TOTALS = {
  inputTokens: 2520,
  outputTokens: 82,
  cacheReadInputTokens: 620,
  cacheCreationInputTokens: 410,
  thinkingTokens: 20,
};
const TURN = {
  input_tokens: 2520,
  output_tokens: 82,
  cache_read_input_tokens: 620,
  cache_creation_input_tokens: 410,
};
const doubled = (totals: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, value * 2]));

test("says the version that it stands in for", async () => {
  await using place = await workplace();
  const agent = place.start(["--version"]);
  expect(await agent.exit()).toEqual([0, null]);
  expect(agent.lines).toEqual([{ noise: "2.1.330 (Claude Code)" }]);
});

test("plays the default script: text and tool in one message, a file, an exact report", async () => {
  await using place = await workplace();
  const agent = place.start();
  agent.prompt("go");
  const result = await agent.result();
  expect(result).toMatchObject({
    subtype: "success",
    is_error: false,
    terminal_reason: "completed",
    result: "done",
    usage: TURN,
    modelUsage: { "fake-large": TOTALS },
  });
  expect(agent.lines[0]).toMatchObject({ type: "system", subtype: "init", cwd: place.work });
  const messages = agent.ofType("assistant").map((line) => objectOf(line["message"]));
  expect(messages).toHaveLength(3);
  expect(messages[0]?.["id"]).toBe(messages[1]?.["id"]);
  expect(messages[0]?.["usage"]).toEqual(messages[1]?.["usage"]);
  expect(messages[0]?.["usage"]).toMatchObject({ input_tokens: 1009, output_tokens: 1 });
  expect(messages[2]?.["id"]).not.toBe(messages[0]?.["id"]);
  expect(await readFile(join(place.work, "hello.txt"), "utf8")).toBe("hi");
  expect(agent.child.exitCode).toBeNull();
  expect(await agent.end()).toEqual([0, null]);
});

test("a resumed run goes on with the totals; get_usage tells them before the first prompt", async () => {
  await using place = await workplace();
  const first = place.start();
  expect(await first.control("get_usage")).toMatchObject({
    response: { session: { model_usage: {} } },
  });
  first.prompt("go");
  await first.result();
  await first.end();
  const second = place.start([...STREAM_JSON, "--resume", first.sessionId()]);
  expect(await second.control("get_usage", { skip_behaviors: true })).toMatchObject({
    subtype: "success",
    response: { session: { model_usage: { "fake-large": TOTALS } } },
  });
  second.prompt("again");
  expect(await second.result()).toMatchObject({
    session_id: first.sessionId(),
    usage: TURN,
    modelUsage: { "fake-large": doubled(TOTALS) },
    model_usage_since_last_result: { "fake-large": TOTALS },
  });
  await second.end();
});

test("a run that is killed leaves its session, but not its totals", async () => {
  await using place = await workplace();
  const killed = place.start();
  killed.prompt("go");
  await killed.result();
  killed.child.kill("SIGKILL");
  await killed.exit();
  const resumed = place.start([...STREAM_JSON, "--resume", killed.sessionId()]);
  expect(await resumed.control("get_usage")).toMatchObject({
    response: { session: { model_usage: {} } },
  });
  await resumed.end();
});

test.each([
  ["an unknown session", "nothing-like-it", undefined],
  ["a session of another directory", undefined, tmpdir()],
])("refuses to resume %s", async (_, id, cwd) => {
  await using place = await workplace();
  const first = place.start();
  first.prompt("go");
  await first.result();
  await first.end();
  const wanted = id ?? first.sessionId();
  const agent = place.start([...STREAM_JSON, "--resume", wanted], cwd);
  expect(await agent.exit()).toEqual([1, null]);
  const problem = `No conversation found with session ID: ${wanted}`;
  expect(agent.lines).toMatchObject([
    { type: "result", subtype: "error_during_execution", is_error: true, errors: [problem] },
  ]);
  expect(agent.stderr).toContain(problem);
});

test("writes what is hard to read: noise, NUL, half a character, a long line", async () => {
  const bytes = 300_000;
  await using place = await workplace({
    steps: [
      { noise: "plain words" },
      { noise: "warning", to: "stderr" },
      { nul: true },
      { loneSurrogate: true },
      { bigLineBytes: bytes },
      { result: { result: "own", terminal_reason: "max_turns", subtype: "error_max_turns" } },
    ],
  });
  const agent = place.start();
  agent.prompt("go");
  expect(await agent.result()).toMatchObject({ result: "own", subtype: "error_max_turns" });
  expect(agent.lines).toContainEqual({ noise: "plain words" });
  expect(agent.stderr).toBe("warning\n");
  const texts = agent.blocks().map((block) => stringOf(block["text"]));
  expect(texts).toContain("before\u0000after");
  expect(texts.some((text) => text !== undefined && !text.isWellFormed())).toBe(true);
  expect(agent.blocks().map((block) => stringOf(block["content"])?.length)).toContain(bytes);
});

test("waits for a file, fails a tool, thinks, and picks its steps by the prompt", async () => {
  const script: AgentScript = {
    byPrompt: [
      {
        prompt: "SPECIAL",
        steps: [{ thinking: "hm" }, { waitForFile: "ready" }, { run: "echo no >&2; exit 4" }],
      },
    ],
    resumedSteps: [{ text: "welcome back" }],
    steps: [{ text: "plain" }],
  };
  await using place = await workplace(script);
  const agent = place.start();
  agent.prompt("this is SPECIAL");
  await agent.until((line) => line["type"] === "assistant", "the thinking");
  expect(agent.ofType("result")).toEqual([]);
  await writeFile(join(place.work, "ready"), "");
  await agent.result();
  expect(agent.blocks()).toMatchObject([
    { type: "thinking", thinking: "hm" },
    { type: "tool_use", name: "Bash" },
    { type: "tool_result", is_error: true, content: "Exit code 4\nno" },
  ]);
  agent.prompt("another");
  expect(await agent.result(2)).toMatchObject({ result: "plain" });
  await agent.end();
  const resumed = place.start([...STREAM_JSON, "--resume", agent.sessionId()]);
  resumed.prompt("again");
  expect(await resumed.result()).toMatchObject({ result: "welcome back" });
  await resumed.end();
  expect(await readdir(place.claude.sessions)).toEqual([`${agent.sessionId()}.json`]);
});

test("calls beside the main loop are in the totals only; partial messages state final counts", async () => {
  await using place = await workplace({
    steps: [
      { usage: { input: 100, output: 7 } },
      { text: "one" },
      { usage: { input: 30, output: 5 }, model: "fake-small", aside: true },
    ],
  });
  const args = ["--include-partial-messages", "--model", "fake-main", "--permission-mode", "plan"];
  const agent = place.start([...STREAM_JSON, ...args]);
  agent.prompt("go");
  expect(await agent.result()).toMatchObject({
    usage: { input_tokens: 100, output_tokens: 7 },
    modelUsage: { "fake-main": { inputTokens: 100 }, "fake-small": { inputTokens: 30 } },
  });
  const events = agent.ofType("stream_event").map((line) => objectOf(line["event"]));
  expect(events[0]).toMatchObject({
    type: "message_start",
    message: { usage: { output_tokens: 1 } },
  });
  const delta = events.find((event) => event["type"] === "message_delta");
  expect(delta).toMatchObject({ usage: { input_tokens: 100, output_tokens: 7 } });
  expect(await agent.control("initialize")).toMatchObject({ subtype: "success" });
  expect(await agent.control("set_model", { model: "m" })).toMatchObject({ subtype: "success" });
  expect(await agent.control("nonsense")).toMatchObject({
    subtype: "error",
    error_code: "unsupported_request",
  });
});

test.each([
  [["-p", "--output-format", "stream-json"], "requires --verbose"],
  [["-p", "--no-such-option"], "Unknown option"],
  [["-p", "--verbose", "--output-format", "stream-json"], "Input must be provided"],
])("refuses %j", async (args, reason) => {
  await using place = await workplace();
  const agent = place.start(args);
  expect(await agent.exit()).toEqual([1, null]);
  expect(agent.stderr).toContain(reason);
});
