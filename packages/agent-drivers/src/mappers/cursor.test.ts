import { describe, expect, it } from "vitest";
import { cursor } from "../clis/cursor.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";

const usage = { inputTokens: 100, outputTokens: 20, cacheReadTokens: 30, cacheWriteTokens: 4 };
const init = { type: "system", subtype: "init", session_id: "s-1", model: "m-large" };
const said = (text: string): unknown => ({
  type: "assistant",
  message: { role: "assistant", content: [{ type: "text", text }] },
  session_id: "s-1",
});
const tool = (subtype: string, more: object = {}): unknown => ({
  type: "tool_call",
  subtype,
  call_id: "call-1\nfc-2",
  tool_call: { shellToolCall: { args: { command: "ls" }, ...more } },
});
const result = { type: "result", subtype: "success", is_error: false, result: "Look.Done.", usage };

function replay(...lines: unknown[]): ReplayedRun {
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  return replayRecording(cursor, text, { exit: { code: 0, signal: null } });
}

describe("Cursor Agent", () => {
  it("answers with what it said after its last tool call", () => {
    const done = tool("completed", { result: { success: "a.txt" } });
    const run = replay(init, said("Look."), tool("started"), done, said("Done."), result);
    expect(run).toMatchObject({ status: "completed", answer: "Done.", sessionId: "s-1" });
    expect(run.messages.filter(({ type }) => type.startsWith("tool"))).toEqual([
      { type: "tool_use", callId: "call-1", tool: "shell", input: { command: "ls" } },
      { type: "tool_result", callId: "call-1", output: "a.txt", isError: false },
    ]);
  });

  it("counts by the result only, and doubts the figures that nobody has checked", () => {
    const run = replay(init, said("Done."), result);
    expect(run.usage).toMatchObject([
      { model: "m-large", input: 100, output: 20, cacheRead: 30, cacheWrite5m: 4 },
    ]);
    expect(run.coverage).toEqual({ level: "partial", reason: cursor.usage.gap });
  });

  it("joins thinking, and reads lines that carry the name of their stream", () => {
    const thinking = [
      { type: "thinking", subtype: "delta", text: "a" },
      { type: "thinking", subtype: "delta", text: "b" },
      { type: "thinking", subtype: "completed" },
    ];
    const text = [init, ...thinking, said("Done."), result]
      .map((line) => `stdout: ${JSON.stringify(line)}`)
      .join("\n");
    const run = replayRecording(cursor, text);
    expect(run.status).toBe("completed");
    expect(run.messages).toContainEqual({ type: "thinking", text: "ab" });
  });

  it("INV-20 fails without a result, on an error and on a tool call that nothing follows", () => {
    expect(replay(init, said("Done.")).status).toBe("failed");
    expect(replay(init, tool("started"), result).status).toBe("failed");
    const refused = { type: "result", is_error: true, result: "Unauthorized" };
    expect(replay(init, refused)).toMatchObject({
      status: "failed",
      failureClass: "provider_auth_or_access",
      coverage: { level: "none" },
    });
  });
});
