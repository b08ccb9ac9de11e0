import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { codebuddy } from "../../clis/codebuddy.ts";
import type { CliScript } from "../../testing/scripted-cli.ts";
import { startScripted } from "../../testing/start-scripted.ts";
import { streamJsonDriver } from "./stream-json-driver.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "codebuddy-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("CodeBuddy gets its own word for an allowed tool, and its token counts are called unchecked", async () => {
  const request = { subtype: "can_use_tool", tool_name: "Write", input: { file_path: "a" } };
  const modelUsage = { "m-1": { inputTokens: 10, outputTokens: 2 } };
  const script: CliScript = {
    rules: [
      {
        when: { type: "user" },
        steps: [
          { line: { type: "system", subtype: "init", session_id: "s-1", model: "m-1" } },
          { line: { type: "control_request", request_id: "q-1", request } },
        ],
      },
      {
        when: { type: "control_response" },
        steps: [
          {
            line: {
              type: "result",
              subtype: "success",
              is_error: false,
              result: "Done.",
              session_id: "s-1",
              terminal_reason: "completed",
              usage: { input_tokens: 10, output_tokens: 2 },
              modelUsage,
            },
          },
        ],
      },
    ],
  };
  const run = startScripted({ driver: streamJsonDriver, spec: codebuddy, root }, script);
  const result = await run.agent.result;
  expect(result).toMatchObject({ status: "completed", answer: "Done.", sessionId: "s-1" });
  expect(result.usage).toMatchObject([{ model: "m-1", provider: null, input: 10, output: 2 }]);
  expect(result.coverage).toEqual({ level: "partial", reason: codebuddy.usage.gap });
  const answers = run.received().filter((frame) => frame["type"] === "control_response");
  expect(answers).toMatchObject([{ response: { response: { behavior: "allow", allowed: true } } }]);
});
