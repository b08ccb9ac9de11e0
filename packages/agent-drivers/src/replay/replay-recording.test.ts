import { describe, expect, it } from "vitest";
import { claudeAcp } from "../clis/claude-acp.ts";
import { claude } from "../clis/claude.ts";
import { codexAcp } from "../clis/codex-acp.ts";
import { codex } from "../clis/codex.ts";
import { copilot } from "../clis/copilot.ts";
import { gemini } from "../clis/gemini.ts";
import { kimi } from "../clis/kimi.ts";
import { opencode } from "../clis/opencode.ts";
import { pi } from "../clis/pi.ts";
import { qwen } from "../clis/qwen.ts";
import type { CliSpec } from "../core/cli-spec.ts";
import { readTranscript, transcriptNames } from "../testing/transcripts.ts";
import { recordedLines } from "./recorded-lines.ts";
import { replayRecording } from "./replay-recording.ts";

describe("lines of a recording", () => {
  it("are its lines, without their ends", () => {
    expect(recordedLines('{"a":1}\r\nnoise\n')).toEqual(['{"a":1}', "noise"]);
  });

  it("are what was received, where both directions were recorded", () => {
    const both = [
      '{"ms":1,"dir":"send","msg":{"q":1}}',
      '{"ms":2,"dir":"recv","msg":{"a":1}}',
      '{"ms":3,"dir":"recv","text":"noise"}',
    ];
    expect(recordedLines(both.join("\n"))).toEqual(['{"a":1}', "noise"]);
  });

  it("are none for an empty recording", () => {
    expect(recordedLines("")).toEqual([]);
  });
});

describe("replaying", () => {
  const specs: Readonly<Record<string, CliSpec>> = {
    "claude-stdin": claude,
    "codex-app-server": codex,
    "claude-acp": claudeAcp,
    "codex-acp": codexAcp,
    "copilot-acp": copilot,
    "gemini-acp": gemini,
    "kimi-acp": kimi,
    "opencode-acp": opencode,
    "qwen-acp": qwen,
    "pi-rpc": pi,
  };
  const twoWay = Object.entries(specs).flatMap(([folder, spec]) =>
    transcriptNames(folder)
      .filter((name) => name.endsWith(".both-ways"))
      .map((name) => ({ folder, name, spec })),
  );

  it("knows every recording of both directions", () => {
    expect(twoWay).toHaveLength(10 * 6);
  });

  it.each(twoWay)(
    "$folder/$name gives the same run as its plain stdout",
    ({ folder, name, spec }) => {
      const both = replayRecording(spec, readTranscript(folder, name).text);
      const plain = replayRecording(
        spec,
        readTranscript(folder, name.replace(".both-ways", "")).text,
      );
      expect(both).toEqual(plain);
    },
  );

  it("leaves usage records out of the messages", () => {
    const run = replayRecording(claude, readTranscript("claude", "success").text);
    expect(run.messages.map((item) => item.type)).not.toContain("usage");
    expect(run.outcome).toBe("done");
  });

  it("tells a CLI's plain stream from its agent protocol", () => {
    const plain = replayRecording(gemini, readTranscript("gemini", "success").text);
    const talk = replayRecording(gemini, readTranscript("gemini-acp", "success").text);
    expect([plain.status, talk.status]).toEqual(["completed", "completed"]);
    expect(plain.answer).toBe(talk.answer);
  });

  it.each([
    ["a signal", { code: null, signal: "SIGTERM" }],
    ["a status", { code: 143, signal: null }],
  ])("INV-20 is no success after %s without a result", (_name, exit) => {
    const run = replayRecording(claude, readTranscript("claude", "cancel-sigterm").text, { exit });
    expect(run).toMatchObject({
      status: "failed",
      outcome: "failed",
      failureClass: "process_failure",
    });
  });

  it("of nothing is a failure", () => {
    expect(replayRecording(claude, "").status).toBe("failed");
    expect(replayRecording(codex, "not json at all\n").status).toBe("failed");
  });
});
