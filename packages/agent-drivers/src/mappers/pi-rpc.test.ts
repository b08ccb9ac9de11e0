import { describe, expect, it } from "vitest";
import { pi } from "../clis/pi.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import { readTranscript, tokensByModel, transcriptNames } from "../testing/transcripts.ts";

const names = transcriptNames("pi-rpc");

function replay(name: string): ReplayedRun {
  const { text, stderr, exit } = readTranscript("pi-rpc", name);
  const earlier = name.startsWith("resume-2") ? readTranscript("pi-rpc", "resume-1").text : null;
  return replayRecording(pi, text, {
    stderr,
    exit,
    ...(earlier === null ? {} : { after: earlier }),
  });
}

describe("recordings of Pi's two-way mode", () => {
  it("are six cases, each recorded twice", () => {
    expect(names).toHaveLength(12);
  });

  it.each(names.filter((name) => /^(success|resume)/.test(name)))("%s succeeds", (name) => {
    const run = replay(name);
    const again = name.startsWith("resume-2");
    expect(run).toMatchObject({ status: "completed", answer: again ? "done again" : "done" });
    expect(run.sessionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(run.messages.filter(({ type }) => type === "tool_use")).toHaveLength(again ? 0 : 1);
  });

  it.each([
    ["error-401", "provider_auth_or_access"],
    ["error-429", "provider_capacity_or_rate_limit"],
    ["cancel", "unknown"],
  ])("INV-20 %s is no success, in spite of exit 0", (name, failureClass) => {
    for (const recording of [name, `${name}.both-ways`]) {
      expect(replay(recording)).toMatchObject({ status: "failed", answer: "", failureClass });
    }
  });

  it.each(names)("%s books what was served in this run, and no reply that was stopped", (name) => {
    const run = replay(name);
    expect(tokensByModel(run.usage)).toEqual(readTranscript("pi-rpc", name).served);
    const isCut = name.startsWith("cancel");
    expect(run.coverage.level === "partial").toBe(isCut);
  });
});
