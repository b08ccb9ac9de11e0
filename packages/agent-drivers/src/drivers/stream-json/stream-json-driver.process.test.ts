import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { describe, expect, it } from "vitest";
import { objectAt } from "../../core/json.ts";
import type { CliScript, CliStep } from "../../testing/scripted-cli.ts";
import {
  answering,
  assistantLine,
  initLine,
  interrupt,
  resultLine,
  scriptedRuns,
  session,
  userFrame,
} from "./testing/stream-json-run.fixture.ts";

const { root, start } = scriptedRuns();

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

describe("managed MCP servers", () => {
  it("are in a file that only its owner reads and that goes with the run", async () => {
    const file = (): string => join(root(), "private", "mcp", "servers.json");
    const run = start(
      { rules: [{ when: interrupt, steps: [resultLine({ terminal_reason: "aborted_tools" })] }] },
      { mcpConfig: { mcpServers: { a: { command: "x" } } } },
    );
    await waitFor(() => run.received().length === 1, { describe: "the first request" });
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
