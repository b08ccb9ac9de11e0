import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processState } from "../process-state.ts";
import { waitFor } from "../wait-for.ts";
import { workplace } from "./conversation.fixture.ts";

function pidIn(file: string): Promise<number> {
  return waitFor(async () => Number(await readFile(file, "utf8").catch(() => "")), {
    describe: `a process id in ${file}`,
  });
}

test("an interrupt ends the running tool and the turn, with a report, not the program", async () => {
  await using place = await workplace({
    steps: [
      { usage: { input: 100, output: 7 } },
      { run: "echo $$ > pid; exec tail -f /dev/null" },
      { text: "never said" },
    ],
  });
  const agent = place.start();
  agent.prompt("go");
  const pid = await pidIn(join(place.work, "pid"));
  expect(await agent.control("interrupt")).toMatchObject({ response: { still_queued: [] } });
  expect(await agent.result()).toMatchObject({
    is_error: true,
    subtype: "error_during_execution",
    terminal_reason: "aborted_tools",
    usage: { input_tokens: 100, output_tokens: 7 },
  });
  await waitFor(async () => (await processState(pid)) === undefined, { describe: "the tool gone" });
  expect(agent.child.exitCode).toBeNull();
  expect(await agent.end()).toEqual([1, null]);
});

test("a call that is broken off is in the totals and not in the turn", async () => {
  const steps = [
    { usage: { input: 100, output: 7 } },
    { tool: "Read", output: "text" },
    { usage: { input: 200, output: 9 } },
    { text: "I am about to" },
    { hang: true },
  ] as const;
  await using place = await workplace({ steps });
  const agent = place.start();
  agent.prompt("go");
  await waitFor(() => agent.blocks().some((block) => block["text"] === "I am about to"), {
    describe: "the text",
  });
  await agent.control("interrupt");
  expect(await agent.result()).toMatchObject({
    terminal_reason: "aborted_streaming",
    usage: { input_tokens: 100, output_tokens: 7 },
    modelUsage: { "fake-large": { inputTokens: 300, outputTokens: 8 } },
  });
});

test.each([
  ["SIGTERM", [143, null], 0],
  ["SIGINT", [0, null], 1],
] as const)(
  "%s ends the tool and the program as the real one ends",
  async (signal, exit, results) => {
    await using place = await workplace({
      steps: [{ run: "echo $$ > pid; exec tail -f /dev/null" }],
    });
    const agent = place.start();
    agent.prompt("go");
    const pid = await pidIn(join(place.work, "pid"));
    agent.child.kill(signal);
    expect(await agent.exit()).toEqual(exit);
    expect(agent.ofType("result")).toHaveLength(results);
    await waitFor(async () => (await processState(pid)) === undefined, {
      describe: "the tool gone",
    });
  },
);

test("leaves a process behind that is deaf to SIGTERM and in a session of its own", async () => {
  const command = "echo $$ > pid; while :; do echo x >> beats; sleep 0.02; done";
  await using place = await workplace({ steps: [{ spawnDetached: command }, { text: "bye" }] });
  const agent = place.start();
  agent.prompt("go");
  await agent.result();
  const pid = await pidIn(join(place.work, "pid"));
  const beats = async (): Promise<number> =>
    (await readFile(join(place.work, "beats"), "utf8").catch(() => "")).length;
  try {
    expect(await agent.end()).toEqual([0, null]);
    expect(await processState(pid)).toMatchObject({ groupId: pid });
    process.kill(-pid, "SIGTERM");
    const before = await beats();
    await waitFor(async () => (await beats()) > before + 4, { describe: "signs of life" });
  } finally {
    process.kill(-pid, "SIGKILL");
  }
  await waitFor(async () => (await processState(pid)) === undefined, { describe: "the end" });
});

test("a provider error is a result that looks like success, and exit code 1", async () => {
  await using place = await workplace({
    steps: [
      { apiRetry: { status: 429, times: 2 } },
      { apiError: { status: 429, text: "API Error: Slow down" } },
    ],
  });
  const agent = place.start();
  agent.prompt("go");
  expect(await agent.result()).toMatchObject({
    subtype: "success",
    is_error: true,
    terminal_reason: "api_error",
    api_error_status: 429,
    result: "API Error: Slow down",
    modelUsage: {},
  });
  const retries = agent.lines.filter((line) => line["subtype"] === "api_retry");
  expect(retries).toMatchObject([{ attempt: 1, error_status: 429 }, { attempt: 2 }]);
  expect(agent.ofType("assistant")).toMatchObject([{ message: { model: "<synthetic>" } }]);
  expect(await agent.end()).toEqual([1, null]);
});

test.each([
  [{ exit: 3 }, [3, null]],
  [{ crash: true }, [null, "SIGKILL"]],
] as const)("%j ends it without a result", async (step, exit) => {
  await using place = await workplace({ steps: [{ text: "so far" }, step] });
  const agent = place.start();
  agent.prompt("go");
  expect(await agent.exit()).toEqual(exit);
  expect(agent.ofType("assistant")).toHaveLength(1);
  expect(agent.ofType("result")).toEqual([]);
});

test("a deaf hang heeds neither interrupt nor SIGTERM", async () => {
  await using place = await workplace({ steps: [{ text: "going deaf" }, { hang: "deaf" }] });
  const agent = place.start();
  agent.prompt("go");
  await agent.until((line) => line["type"] === "assistant", "the text");
  agent.send({ type: "control_request", request_id: "i", request: { subtype: "interrupt" } });
  agent.child.kill("SIGTERM");
  for (const ignored of ["interrupt", "SIGTERM"]) {
    const said = `${ignored} is not heeded`;
    await waitFor(() => agent.stderr.includes(said), { describe: said });
  }
  agent.child.kill("SIGKILL");
  expect(await agent.exit()).toEqual([null, "SIGKILL"]);
  expect(agent.ofType("control_response")).toEqual([]);
});
