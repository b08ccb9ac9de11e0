import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findCliSpec } from "../clis/cli-specs.ts";
import { readTranscript, transcriptNames } from "../testing/transcripts.ts";
import { replayRecording } from "./replay-recording.ts";

const root = join(import.meta.dirname, "../../fixtures/transcripts");

/** Ways of driving a CLI that have a folder of their own, and the row that reads them. */
const rowOf: Readonly<Record<string, string>> = {
  "claude-2.1.197": "claude",
  "claude-partial": "claude",
  "claude-stdin": "claude",
  "codex-app-server": "codex",
  "copilot-acp": "copilot",
  "gemini-acp": "gemini",
  "kimi-acp": "kimi",
  "opencode-acp": "opencode",
  "pi-rpc": "pi",
  "qwen-acp": "qwen",
};

const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const recordings = folders.flatMap((folder) =>
  transcriptNames(folder).map((name) => ({ folder, name })),
);

it("every recorded CLI is there", () => {
  expect(folders.length).toBeGreaterThanOrEqual(22);
  expect(recordings.length).toBeGreaterThanOrEqual(236);
});

it.each(recordings)("INV-20 $folder/$name ends as its case says", ({ folder, name }) => {
  const spec = findCliSpec(rowOf[folder] ?? folder);
  if (spec === null) throw new Error(`no row reads ${folder}`);
  const { text, stderr, exit, served } = readTranscript(folder, name);
  const run = replayRecording(spec, text, { stderr, exit, model: "fake-large" });
  const mayFail = !/^(success|resume-1|retry-429|subagent)/.test(name);
  expect(run.status === "completed" || mayFail).toBe(true);
  const mustFail = /^(error|cancel)/.test(name);
  expect(run.status === "completed" && mustFail).toBe(false);
  // Never more than one word on coverage, and never "exact" beside nothing where tokens were served.
  expect(run.coverage.reason === "").toBe(run.coverage.level === "exact");
  const wasServed = Object.keys(served).length > 0;
  expect(wasServed && run.usage.length === 0 && run.coverage.level === "exact").toBe(false);
});
