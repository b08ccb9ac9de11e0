import { describe, expect, it } from "vitest";
import { openclaw } from "../clis/openclaw.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import { readTranscript, tokensByModel, transcriptNames } from "../testing/transcripts.ts";

function replay(name: string): ReplayedRun {
  const { text, stderr, exit } = readTranscript("openclaw", name);
  return replayRecording(openclaw, text, { stderr: stderr.slice(-2048), exit });
}

const exited = { exit: { code: 0, signal: null } } as const;

describe("recordings of OpenClaw", () => {
  it("are these", () => {
    expect(transcriptNames("openclaw")).toEqual(["error-401", "error-429", "success"]);
  });

  it("success has its answer and exactly what was served", () => {
    const run = replay("success");
    expect(run).toMatchObject({ status: "completed", answer: "done", sessionId: null });
    expect(tokensByModel(run.usage)).toEqual(readTranscript("openclaw", "success").served);
    expect(run.coverage).toEqual({ level: "exact", reason: "" });
    expect(run.messages).toEqual([{ type: "text", text: "done" }]);
  });

  it.each([
    ["error-401", "provider_auth_or_access"],
    ["error-429", "provider_capacity_or_rate_limit"],
  ])("INV-20 %s is no success", (name, failureClass) => {
    const run = replay(name);
    expect(run).toMatchObject({ status: "failed", answer: "", failureClass, usage: [] });
    // It may have worked before it failed; its report would not tell.
    expect(run.coverage).toEqual({
      level: "none",
      reason: "OpenClaw's report of a run that failed holds no token counts.",
    });
  });

  it("INV-20 is never a success when its report is cut", () => {
    const lines = readTranscript("openclaw", "success").text.trimEnd().split("\n");
    for (let kept = 0; kept < lines.length; kept += 1) {
      const run = replayRecording(openclaw, lines.slice(0, kept).join("\n"), exited);
      expect(run.status, `after ${kept} lines`).toBe("failed");
    }
  });
});

describe("OpenClaw's report", () => {
  it("is found behind log text and other objects", () => {
    const { text } = readTranscript("openclaw", "success");
    const noisy = `[agent] start {"a":1}\n{"level":"info","payload":1}\n${text}`;
    expect(replayRecording(openclaw, noisy, exited)).toMatchObject({ answer: "done" });
  });

  it("is found on one line, and after an object that never ended", () => {
    const report = '{"payloads":[{"text":"done"}]}';
    for (const noise of ["", '{\n  "a": 1\n{\n}\n']) {
      expect(replayRecording(openclaw, `${noise}${report}\n`, exited)).toMatchObject({
        status: "completed",
        answer: "done",
      });
    }
  });

  it("is also read in the shape of the older command", () => {
    const report = {
      payloads: [{ text: "one" }, { text: "two" }],
      meta: {
        agentMeta: {
          sessionId: "s",
          model: "m",
          provider: "P",
          usage: { input: 5, output: 2, cacheRead: 3, cacheWrite: 1 },
        },
      },
    };
    const run = replayRecording(openclaw, JSON.stringify(report, null, 2), exited);
    expect(run).toMatchObject({ status: "completed", answer: "one\n\ntwo" });
    expect(run.usage).toMatchObject([
      { model: "m", input: 5, output: 2, cacheRead: 3, cacheWrite5m: 1 },
    ]);
  });

  it("without any text is no success", () => {
    const run = replayRecording(openclaw, '{"payloads":[]}', exited);
    expect(run).toMatchObject({ status: "failed", failureClass: "empty_or_unparseable_output" });
  });
});
