import { describe, expect, it } from "vitest";
import { codex } from "../clis/codex.ts";
import type { FailureClass, RunStatus } from "../core/types.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import { readTranscript, tokensByModel, transcriptNames } from "../testing/transcripts.ts";

type Expected = {
  readonly status: RunStatus;
  readonly failureClass?: FailureClass;
  readonly answer?: string;
  readonly commands: readonly string[];
  /** Left out where the figures are exact. */
  readonly coverage?: "partial" | "none";
};

const write = "/bin/bash -lc 'printf hi > hello.txt'";
const done: Expected = { status: "completed", answer: "done", commands: [write] };
const resumed: Expected = { status: "completed", answer: "done again", commands: [] };
const execFailure = (failureClass: FailureClass, commands: readonly string[] = []): Expected => ({
  status: "failed",
  failureClass,
  commands,
  coverage: "none",
});
const refused = (failureClass: FailureClass): Expected => ({
  status: "failed",
  failureClass,
  commands: [],
});

const expected: Readonly<Record<string, Expected>> = {
  "codex-app-server/success": done,
  "codex-app-server/resume-1": done,
  "codex-app-server/resume-2": resumed,
  "codex-app-server/error-401": refused("provider_auth_or_access"),
  "codex-app-server/error-429": refused("provider_capacity_or_rate_limit"),
  "codex-app-server/plan-week": refused("provider_quota_limit"),
  "codex-app-server/cancel": { status: "cancelled", commands: [write], coverage: "partial" },
  "codex/success": done,
  "codex/resume-1": done,
  "codex/resume-2": resumed,
  "codex/retry-429": done,
  "codex/error-400": execFailure("provider_quota_limit"),
  "codex/error-401": execFailure("provider_auth_or_access"),
  "codex/error-429": execFailure("provider_capacity_or_rate_limit"),
  "codex/error-500": execFailure("provider_server_error"),
  "codex/plan-week": execFailure("provider_quota_limit"),
  "codex/stream-cut": execFailure("provider_network", [write]),
  "codex/cancel-sigterm": execFailure("process_failure", [write]),
  "codex/cancel-group-sigterm": execFailure("process_failure", [write]),
  "codex/cancel-sigint": execFailure("process_failure", [write]),
  "codex/cancel-in-tool": execFailure("process_failure", [
    "/bin/bash -lc 'tail -s 417 -f /dev/null'",
  ]),
};

const recordings = ["codex-app-server", "codex"].flatMap((folder) =>
  transcriptNames(folder).map((name) => ({ folder, name })),
);

function replay(folder: string, name: string): ReplayedRun {
  const { text, stderr, exit } = readTranscript(folder, name);
  const earlier = name.startsWith("resume-2") ? readTranscript(folder, "resume-1").text : null;
  return replayRecording(codex, text, {
    stderr,
    exit,
    ...(earlier === null ? {} : { after: earlier }),
  });
}

function expectationOf(folder: string, name: string): Expected {
  const found = expected[`${folder}/${name.replace(/\.both-ways$/, "")}`];
  if (found === undefined) throw new Error(`no expectation for ${folder}/${name}`);
  return found;
}

describe("recordings of Codex", () => {
  it("all have an expectation", () => {
    const plain = recordings.filter(({ name }) => !name.endsWith(".both-ways"));
    const names = plain.map(({ folder, name }) => `${folder}/${name}`);
    expect(names.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(recordings)("$folder/$name ends as it did", ({ folder, name }) => {
    const run = replay(folder, name);
    const wanted = expectationOf(folder, name);
    expect(run.status).toBe(wanted.status);
    expect(run.failureClass).toBe(wanted.failureClass ?? null);
    expect(run.answer).toBe(wanted.answer ?? "");
    expect(run.sessionId).toMatch(/^01a1f[ef][0-9a-f]{2}-[0-9a-f-]{27}$/);
  });

  it.each(recordings)("$folder/$name shows every command with its result", ({ folder, name }) => {
    const { messages } = replay(folder, name);
    const uses = messages.filter((item) => item.type === "tool_use");
    expect(uses.map((item) => item.input)).toEqual(
      expectationOf(folder, name).commands.map((command) => ({ command })),
    );
    const answered = messages.filter((item) => item.type === "tool_result");
    const open = name.startsWith("cancel-in-tool") ? uses.length : 0;
    expect(answered.map((item) => item.callId)).toEqual(
      uses.slice(open).map((item) => item.callId),
    );
  });

  it.each(recordings)("$folder/$name books what was served", ({ folder, name }) => {
    const run = replay(folder, name);
    const { served } = readTranscript(folder, name);
    const level = expectationOf(folder, name).coverage ?? "exact";
    expect(run.coverage.level).toBe(level);
    expect(run.coverage.reason === "").toBe(level === "exact");
    expect(tokensByModel(run.usage)).toEqual(level === "none" ? {} : served);
  });

  it("takes the baseline of a resumed thread from the stream itself", () => {
    const { text, served } = readTranscript("codex-app-server", "resume-2");
    const alone = replayRecording(codex, text);
    expect(tokensByModel(alone.usage)).toEqual(served);
    expect(alone.coverage.level).toBe("exact");
  });

  it("does not claim exactness for exec's totals of a resumed thread without its earlier run", () => {
    const alone = replayRecording(codex, readTranscript("codex", "resume-2").text);
    expect(alone.coverage).toEqual({
      level: "partial",
      reason: expect.stringContaining("earlier runs are counted too"),
    });
  });

  it("reports reasoning as a part of output", () => {
    expect(replay("codex-app-server", "success").usage).toMatchObject([
      { output: 82, reasoning: 20 },
    ]);
  });
});

describe("INV-20 a stream that ends before its turn", () => {
  const successes = recordings.filter(
    ({ folder, name }) => replay(folder, name).status === "completed",
  );

  it.each(successes)(
    "INV-20 $folder/$name cut at any event is never a success",
    ({ folder, name }) => {
      const lines = readTranscript(folder, name).text.trimEnd().split("\n");
      const terminal = lines.findIndex((line) => /"turn.completed"/.test(line));
      expect(terminal).toBeGreaterThan(0);
      for (let kept = 0; kept <= terminal; kept += 1) {
        const cut = lines.slice(0, kept).join("\n");
        const run = replayRecording(codex, cut, { exit: { code: 0, signal: null } });
        expect(run.status, `after ${kept} lines`).toBe("failed");
        expect(run.answer).toBe("");
      }
    },
  );
});
