import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { FakeMachine } from "../testing/fake-io.fixture.ts";

const recordings = new URL(
  "../../../../packages/agent-drivers/fixtures/transcripts/",
  import.meta.url,
);
const recording = (name: string): string => fileURLToPath(new URL(name, recordings));

type Served = Record<string, Record<string, number>>;

/** What the model server noted for a recording, by model. */
function served(name: string): Served {
  const meta = JSON.parse(readFileSync(recording(`${name}.meta.json`), "utf8")) as {
    served_by_model: Served;
  };
  return meta.served_by_model;
}

async function replay(...words: string[]): Promise<Record<string, unknown>> {
  await using machine = await FakeMachine.make();
  const result = await machine.run(["daemon", "replay", ...words, "--output", "json"]);
  expect(result).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(result.stdout) as Record<string, unknown>;
}

test("a recording is told in exactly the fields that scripts rely on", async () => {
  const run = await replay("--cli", "claude", "--recording", recording("claude/success.jsonl"));
  expect(Object.keys(run)).toEqual([
    "messages",
    "answer",
    "status",
    "outcome",
    "failureClass",
    "sessionId",
    "usage",
    "coverage",
  ]);
  expect(run).toMatchObject({ status: "completed", failureClass: null });
  const [first] = run["usage"] as Record<string, unknown>[];
  expect(Object.keys(first ?? {}).toSorted()).toEqual([
    "cacheRead",
    "cacheWrite1h",
    "cacheWrite5m",
    "input",
    "model",
    "output",
    "reasoning",
    "role",
  ]);
});

test("an earlier recording of the session is subtracted, and refused when it is not there", async () => {
  const second = recording("codex-app-server/resume-2.jsonl");
  const first = recording("codex-app-server/resume-1.jsonl");
  const output = (run: Record<string, unknown>): number =>
    (run["usage"] as { output: number }[]).reduce((sum, one) => sum + one.output, 0);
  const after = await replay("--cli", "codex", "--recording", second, "--after", first);
  const expected = Object.values(served("codex-app-server/resume-2")).reduce(
    (sum, one) => sum + (one["output"] ?? 0),
    0,
  );
  expect(output(after)).toBe(expected);
  await using machine = await FakeMachine.make();
  const missing = ["daemon", "replay", "--cli", "codex", "--recording", "nowhere.jsonl"];
  expect((await machine.run(missing)).code).toBe(5);
});
