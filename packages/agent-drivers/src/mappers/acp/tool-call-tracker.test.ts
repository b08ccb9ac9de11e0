import { describe, expect, it } from "vitest";
import type { RunItem } from "../../core/types.ts";
import { plainDialect } from "./acp-dialect.ts";
import { ToolCallTracker } from "./tool-call-tracker.ts";

function observeAll(frames: readonly Record<string, unknown>[]): readonly RunItem[] {
  const tracker = new ToolCallTracker(plainDialect);
  return frames.flatMap((frame) => tracker.observe({ toolCallId: "c-1", ...frame }));
}

const argumentText = (text: string): Record<string, unknown> => ({
  status: "in_progress",
  content: [{ type: "content", content: { type: "text", text } }],
});

describe("ToolCallTracker", () => {
  it("waits for input that comes after the start", () => {
    const tracker = new ToolCallTracker(plainDialect);
    const start = { toolCallId: "c-1", title: "write", status: "pending", rawInput: {} };
    expect(tracker.observe(start)).toEqual([]);
    expect(tracker.observe({ toolCallId: "c-1", rawInput: { path: "a" } })).toEqual([
      { type: "tool_use", callId: "c-1", tool: "write", input: { path: "a" } },
    ]);
  });

  it("holds a pending call back where its input is known to be a part", () => {
    const tracker = new ToolCallTracker({ ...plainDialect, pendingInputIsPartial: true });
    const start = { toolCallId: "c-1", title: "bash", status: "pending", rawInput: { cwd: "/" } };
    expect(tracker.observe(start)).toEqual([]);
    const input = { command: "ls", cwd: "/" };
    expect(tracker.observe({ toolCallId: "c-1", status: "in_progress", rawInput: input })).toEqual([
      { type: "tool_use", callId: "c-1", tool: "bash", input },
    ]);
  });

  it("puts arguments together that are streamed as growing text", () => {
    const items = observeAll([
      { title: "Write", status: "pending" },
      argumentText('{"path":"a'),
      argumentText('{"path":"a","text":"b"}'),
      { status: "completed", rawOutput: "ok" },
    ]);
    expect(items).toEqual([
      { type: "tool_use", callId: "c-1", tool: "Write", input: { path: "a", text: "b" } },
      { type: "tool_result", callId: "c-1", output: "ok", isError: false },
    ]);
  });

  it("begins a call that is completed without ever having begun", () => {
    const content = [{ type: "diff", path: "/a", oldText: "x", newText: "y" }];
    expect(observeAll([{ status: "completed", kind: "edit", title: "Edit /a", content }])).toEqual([
      {
        type: "tool_use",
        callId: "c-1",
        tool: "edit",
        input: { path: "/a", oldText: "x", newText: "y" },
      },
      { type: "tool_result", callId: "c-1", output: "/a\n-x\n+y", isError: false },
    ]);
  });

  it("says that a call failed, and ignores what comes after its end", () => {
    const items = observeAll([
      { kind: "execute", title: "rm -r x", status: "in_progress" },
      { status: "failed", rawOutput: { error: "denied" } },
      { status: "completed", rawOutput: "late" },
    ]);
    expect(items).toEqual([
      { type: "tool_use", callId: "c-1", tool: "execute", input: { title: "rm -r x" } },
      { type: "tool_result", callId: "c-1", output: "denied", isError: true },
    ]);
  });

  it("shows a call that waits for permission with what is known of it", () => {
    const tracker = new ToolCallTracker({ ...plainDialect, toolPattern: /^([a-z_]+?)__/ });
    const toolCall = {
      toolCallId: "write_file__1",
      status: "pending",
      locations: [{ path: "/a" }],
    };
    expect(tracker.observeQuestion(toolCall)).toEqual([
      { type: "tool_use", callId: "write_file__1", tool: "write_file", input: { path: "/a" } },
    ]);
  });

  it("shows no description of a call as its output when the agent took it back", () => {
    const note = [{ type: "content", content: { type: "text", text: "[working directory /w]" } }];
    const items = observeAll([
      { title: "ls", status: "in_progress", content: note },
      { status: "completed", content: [] },
    ]);
    expect(items.at(-1)).toEqual({
      type: "tool_result",
      callId: "c-1",
      output: "",
      isError: false,
    });
  });

  it("holds the end of a call back until its output is found, or is given up", () => {
    const tracker = new ToolCallTracker({ ...plainDialect, outputsInRecords: true });
    for (const toolCallId of ["c-1", "c-2"]) {
      tracker.observe({ toolCallId, title: "ls", status: "in_progress" });
      expect(tracker.observe({ toolCallId, status: "completed", content: [] })).toEqual([]);
    }
    expect(tracker.outputFound("c-1", "a.txt")).toEqual([
      { type: "tool_result", callId: "c-1", output: "a.txt", isError: false },
    ]);
    expect(tracker.outputFound("c-1", "a.txt")).toEqual([]);
    expect(tracker.awaitsOutput).toBe(true);
    expect(tracker.giveUpOutputs()).toEqual([
      { type: "tool_result", callId: "c-2", output: "", isError: false },
    ]);
    expect(tracker.awaitsOutput).toBe(false);
  });
});
