import { describe, expect, it } from "vitest";
import { cline } from "../clis/cline.ts";
import type { FailureClass } from "../core/types.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import { readTranscript, tokensByModel, transcriptNames } from "../testing/transcripts.ts";

const names = transcriptNames("cline");

function replay(name: string, model?: string): ReplayedRun {
  const { text, stderr, exit } = readTranscript("cline", name);
  return replayRecording(cline, text, {
    stderr,
    exit,
    ...(model === undefined ? {} : { model }),
  });
}

/** This protocol has no word for cache writes: they are part of the plain input. */
function served(name: string): unknown {
  return Object.fromEntries(
    Object.entries(readTranscript("cline", name).served).map(([model, tokens]) => [
      model,
      { ...tokens, input: tokens.input + tokens.cacheWrite, cacheWrite: 0 },
    ]),
  );
}

const failures: Readonly<Record<string, FailureClass>> = {
  "error-400": "provider_quota_limit",
  "error-401": "provider_auth_or_access",
  "error-429": "provider_capacity_or_rate_limit",
  // Still trying again when it was killed, and silent about it.
  "error-500": "process_failure",
  "stream-cut": "provider_network",
  "cancel-group-sigterm": "process_failure",
  "cancel-sigterm": "process_failure",
  // Exits 0 and says nothing.
  "cancel-sigint": "empty_or_unparseable_output",
  // It went on to its end and only then said that it had been aborted.
  "cancel-in-tool": "process_failure",
};

describe("recordings of Cline", () => {
  it("cover every case that was recorded", () => {
    expect(names).toHaveLength(13);
  });

  it.each(["success", "resume-1", "retry-429"])("%s succeeds, with its one tool call", (name) => {
    const run = replay(name);
    expect(run).toMatchObject({ status: "completed", answer: "done", sessionId: null });
    expect(run.messages).toEqual([
      { type: "text", text: "Writing the file." },
      expect.objectContaining({
        type: "tool_use",
        tool: "editor",
        input: { path: "/mnt/work/hello.txt", new_text: "hi" },
      }),
      expect.objectContaining({
        type: "tool_result",
        isError: false,
        output: "File created successfully at: /mnt/work/hello.txt",
      }),
      { type: "text", text: "done" },
    ]);
  });

  it("resume-2 answers without a tool", () => {
    expect(replay("resume-2")).toMatchObject({ status: "completed", answer: "done again" });
  });

  it.each(names.filter((name) => name in failures))("INV-20 %s is no success", (name) => {
    const run = replay(name);
    expect(run).toMatchObject({ status: "failed", answer: "", failureClass: failures[name] });
  });

  it.each(names)("%s books what was served, once, and says what it cannot tell", (name) => {
    const model = name === "resume-2" ? "fake-small" : "fake-large";
    const { usage, coverage } = replay(name, model);
    expect(tokensByModel(usage)).toEqual(served(name));
    // Refused at once: nothing was used, and that is known exactly.
    const isRefused = name.startsWith("error-4");
    expect(coverage.level === "exact").toBe(isRefused);
    expect(coverage.reason === "").toBe(isRefused);
  });

  it("takes the model from the result where none was configured", () => {
    expect(replay("resume-2").usage).toMatchObject([{ model: "fake-small" }]);
  });

  it("books calls while the run goes on where a model was configured", () => {
    const mapper = cline.createMapper({
      model: "fake-large",
      resumeSessionId: null,
      baseline: null,
      usage: cline.usage,
    });
    const lines = readTranscript("cline", "cancel-sigterm").text.trimEnd().split("\n");
    const booked = lines
      .flatMap((line) => mapper.accept(line))
      .filter(({ type }) => type === "usage");
    expect(booked).toMatchObject([{ usage: { model: "fake-large", input: 1316, output: 53 } }]);
  });

  it("tells a tool that failed", () => {
    const results = replay("cancel-in-tool").messages.filter((item) => item.type === "tool_result");
    expect(results).toMatchObject([
      { isError: true, output: expect.stringContaining("timed out") },
    ]);
  });

  it("tells what a tool of an MCP server has answered", () => {
    const event = (type: string, more: object): string =>
      JSON.stringify({
        type: "agent_event",
        event: { type, contentType: "tool", toolCallId: "c", toolName: "t", ...more },
      });
    const content = [
      { type: "text", text: "Good day." },
      { type: "text", text: "And more." },
    ];
    const run = replayRecording(
      cline,
      [event("content_start", { input: {} }), event("content_end", { output: { content } })].join(
        "\n",
      ),
    );
    expect(run.messages).toContainEqual({
      type: "tool_result",
      callId: "c",
      output: "Good day.\nAnd more.",
      isError: false,
    });
  });

  it("counts what the total holds beyond the calls as used beside the conversation", () => {
    const counts = { inputTokens: 10, outputTokens: 2 };
    const total = { inputTokens: 25, outputTokens: 7 };
    const run = replayRecording(
      cline,
      [
        { type: "agent_event", event: { type: "usage", ...counts } },
        {
          type: "run_result",
          finishReason: "completed",
          text: "ok",
          aggregateUsage: total,
          model: { id: "m" },
        },
      ]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    );
    expect(run.usage).toMatchObject([
      { role: "main", input: 10, output: 2 },
      { role: "auxiliary", input: 15, output: 5 },
    ]);
  });

  it("INV-20 is never a success when cut before its result", () => {
    const lines = readTranscript("cline", "success").text.trimEnd().split("\n");
    for (let kept = 0; kept < lines.length; kept += 1) {
      const cut = lines.slice(0, kept).join("\n");
      const run = replayRecording(cline, cut, { exit: { code: 0, signal: null } });
      expect(run.status, `after ${kept} lines`).toBe("failed");
    }
  });
});
