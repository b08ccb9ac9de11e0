import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { claude } from "../../../clis/claude.ts";
import type { RunOptions } from "../../../core/types.ts";
import type { CliScript, CliStep } from "../../../testing/scripted-cli.ts";
import { startScripted, type ScriptedRun } from "../../../testing/start-scripted.ts";
import { streamJsonDriver } from "../stream-json-driver.ts";

export const session = "0b8f0d0e-0000-4000-8000-000000000001";
export const userFrame = { type: "user" };
export const interrupt = { type: "control_request", "request.subtype": "interrupt" };
export const getUsage = { type: "control_request", "request.subtype": "get_usage" };
export const initLine: CliStep = {
  line: { type: "system", subtype: "init", session_id: session, model: "m" },
};

export const modelUsage = (inputTokens: number, outputTokens: number): unknown => ({
  m: { inputTokens, outputTokens },
});

export function resultLine(changes: Record<string, unknown> = {}): CliStep {
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

export function assistantLine(text: string): CliStep {
  const message = {
    id: "a1",
    model: "m",
    content: [{ type: "text", text }],
    usage: { input_tokens: 10, output_tokens: 1 },
  };
  return { line: { type: "assistant", session_id: session, parent_tool_use_id: null, message } };
}

export const answering = (...steps: CliStep[]): CliScript => ({
  rules: [{ when: userFrame, steps: [initLine, ...steps] }],
});

export type ScriptedRuns = {
  /** Folder of the test that runs now. */
  root(): string;
  start(script: CliScript, changes?: Partial<RunOptions>): ScriptedRun;
};

/** Runs of a scripted CLI that speaks stream-json, each test in a folder of its own. */
export function scriptedRuns(): ScriptedRuns {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "stream-json-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    root: () => root,
    start: (script, changes = {}) =>
      startScripted({ driver: streamJsonDriver, spec: claude, root }, script, changes),
  };
}
