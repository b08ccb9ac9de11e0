import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cline } from "../../clis/cline.ts";
import { pi } from "../../clis/pi.ts";
import type { RunResult } from "../../core/types.ts";
import type { CliStep } from "../../testing/scripted-cli.ts";
import { startScripted, type ScriptedRun } from "../../testing/start-scripted.ts";
import { ndjsonDriver } from "./ndjson-driver.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ndjson-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const message = {
  role: "assistant",
  content: [{ type: "text", text: "Done." }],
  model: "m",
  provider: "p",
  responseId: "r1",
  usage: { input: 10, output: 2, cacheRead: 3, cacheWrite: 4, cost: { total: 0.01 } },
  stopReason: "stop",
};
const session: CliStep = { line: { type: "session", id: "s-1" } };
const turn: readonly CliStep[] = [
  { line: { type: "message_end", message } },
  { line: { type: "turn_end", message } },
];

function start(...steps: CliStep[]): ScriptedRun {
  const script = { rules: [{ when: {}, steps: [session, ...steps] }] };
  return startScripted({ driver: ndjsonDriver, spec: pi, root }, script);
}

describe("a one-shot run", () => {
  it("gives the prompt by stdin, closes it and reads to the end", async () => {
    const run = start(...turn, { line: { type: "agent_settled" } });
    const result = await run.agent.result;
    expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: "s-1" });
    expect(result.usage).toMatchObject([
      { model: "m", provider: "p", input: 10, cacheRead: 3, cacheWrite5m: 4, output: 2 },
    ]);
    const booked = run.items.filter((item) => item.type === "usage");
    expect(booked).toHaveLength(1);
    expect(booked[0]).toMatchObject({ usage: { reportedCostUsd: "0.01", cumulative: false } });
    expect(run.arguments()).not.toContain("the prompt");
  });

  it("INV-20 fails when the stream ends before the run has settled, in spite of exit 0", async () => {
    expect(await start(...turn).agent.result).toMatchObject({ status: "failed", answer: "" });
  });

  it("fails on the last turn's error, in spite of exit 0", async () => {
    const failed = {
      ...message,
      content: [],
      stopReason: "error",
      errorMessage: '401 {"error":"bad key"}',
    };
    const run = start(
      { line: { type: "turn_end", message: failed } },
      { line: { type: "agent_settled" } },
    );
    expect(await run.agent.result).toMatchObject({
      status: "failed",
      failureClass: "provider_auth_or_access",
    });
  });

  it("stops by ending its processes and keeps what was booked", async () => {
    const script = { rules: [{ when: {}, steps: [session, ...turn] }], exit: 0 };
    const run = startScripted({ driver: ndjsonDriver, spec: pi, root }, script);
    await waitFor(() => run.items.some((item) => item.type === "usage"), { describe: "usage" });
    await run.agent.cancel("cancelled");
    expect((await run.agent.result).usage).toMatchObject([{ input: 10 }]);
  });
});

describe("a program that reads only pipes", () => {
  const program = `#!/bin/sh
test -p /dev/stdin && kind=pipe || kind=other
for last; do :; done
printf '{"type":"run_result","finishReason":"completed","text":"%s: %s (%s)"}\\n' "$kind" "$(cat)" "$last"
`;
  const answered = async (script: string): Promise<RunResult> => {
    const executable = join(root, "program");
    writeFileSync(executable, script, { mode: 0o755 });
    const noScript = { rules: [] };
    const changes = { executable, launchPrefix: [] };
    return startScripted({ driver: ndjsonDriver, spec: cline, root }, noScript, changes).agent
      .result;
  };

  it("gets its assignment through one, and its arguments as they are", async () => {
    const { status, answer } = await answered(program);
    expect(status).toBe("completed");
    expect(answer).toMatch(/^pipe: the prompt \(Carry out the assignment .*\)$/);
  });

  it("is known by its own exit status", async () => {
    const { status, error } = await answered("#!/bin/sh\nexit 3\n");
    expect([status, error]).toEqual(["failed", expect.stringContaining("status 3")]);
  });
});
