import { describe, expect, it } from "vitest";
import { claude } from "../clis/claude.ts";
import type { FailureClass, RunItem, RunStatus, UsageObservation } from "../core/types.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import {
  readTranscript,
  tokensByModel,
  transcriptNames,
  type ServedTokens,
} from "../testing/transcripts.ts";

type Expected = {
  readonly status: RunStatus;
  readonly failureClass?: FailureClass;
  readonly answer?: string;
  readonly tools: readonly string[];
  /** Left out where the totals equal what was served. */
  readonly coverage?: { readonly level: "partial" | "none"; readonly reason: RegExp };
  /** The stream holds the exact figure only when this is left out. */
  readonly sent?: "only the input is known" | "attempts are included";
};

const killed: Expected = {
  status: "failed",
  failureClass: "process_failure",
  tools: ["Write"],
  coverage: { level: "partial", reason: /lower bound/ },
  sent: "only the input is known",
};
const interrupted: Expected = {
  status: "cancelled",
  tools: ["Write"],
  coverage: { level: "partial", reason: /2023 tokens sent and 7 received/ },
};
const done: Expected = { status: "completed", answer: "done", tools: ["Write"] };
const resumed: Expected = { status: "completed", answer: "done again", tools: [] };
const refused = (failureClass: FailureClass): Expected => ({
  status: "failed",
  failureClass,
  tools: [],
});

const expected: Readonly<Record<string, Expected>> = {
  "claude/success": done,
  "claude/resume-1": done,
  "claude/resume-2": resumed,
  "claude/retry-429": done,
  "claude/subagent": { status: "completed", answer: "done", tools: ["Agent"] },
  "claude/stream-cut": {
    status: "completed",
    answer: "I will now say that it is done",
    tools: ["Write"],
    coverage: { level: "partial", reason: /asked for again/ },
    sent: "attempts are included",
  },
  "claude/error-400": refused("provider_quota_limit"),
  "claude/error-401": refused("provider_auth_or_access"),
  "claude/error-429": refused("provider_capacity_or_rate_limit"),
  "claude/error-500": refused("provider_server_error"),
  "claude/plan-five-hours": refused("provider_quota_limit"),
  "claude/plan-week": refused("provider_quota_limit"),
  "claude/error-429-default-retries": {
    ...refused("provider_capacity_or_rate_limit"),
    coverage: { level: "none", reason: /before the CLI reported/ },
  },
  "claude/cancel-sigterm": killed,
  "claude/cancel-group-sigterm": killed,
  "claude/cancel-in-tool": { ...killed, tools: ["Bash"] },
  "claude/cancel-sigint": interrupted,
  "claude-2.1.197/success": done,
  "claude-2.1.197/resume-1": done,
  "claude-2.1.197/resume-2": resumed,
  "claude-stdin/success": done,
  "claude-stdin/resume-1": done,
  "claude-stdin/resume-2": resumed,
  "claude-stdin/error-401": refused("provider_auth_or_access"),
  "claude-stdin/error-429": refused("provider_capacity_or_rate_limit"),
  "claude-stdin/cancel": interrupted,
  "claude-partial/success": done,
  "claude-partial/stream-cut": {
    status: "completed",
    answer: "I will now say that it is done",
    tools: ["Write"],
    coverage: { level: "partial", reason: /not counted/ },
  },
  "claude-partial/interrupted": interrupted,
  "claude-partial/interrupted-in-tool": { status: "cancelled", tools: ["Bash"] },
};

const folders = ["claude", "claude-2.1.197", "claude-stdin", "claude-partial"];
const recordings = folders.flatMap((folder) =>
  transcriptNames(folder).map((name) => ({ folder, name })),
);

function replay(folder: string, name: string): ReplayedRun {
  const { text, stderr, exit } = readTranscript(folder, name);
  const earlier = name.startsWith("resume-2") ? readTranscript(folder, "resume-1").text : null;
  return replayRecording(claude, text, {
    stderr,
    exit,
    ...(earlier === null ? {} : { after: earlier }),
  });
}

/** Leaves what the stream can know of the tokens. */
function comparable(
  tokens: Readonly<Record<string, ServedTokens>>,
  known: Expected["sent"],
): unknown {
  if (known === undefined) return tokens;
  if (known === "attempts are included") return Object.keys(tokens);
  return Object.entries(tokens).map(([model, { output: _output, ...sent }]) => [model, sent]);
}

function expectationOf(folder: string, name: string): Expected {
  const found = expected[`${folder}/${name.replace(/\.both-ways$/, "")}`];
  if (found === undefined) throw new Error(`no expectation for ${folder}/${name}`);
  return found;
}

describe("recordings of Claude Code", () => {
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
    expect(run.sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  it.each(recordings)("$folder/$name shows every tool call with its result", ({ folder, name }) => {
    const { messages } = replay(folder, name);
    const uses = messages.filter((item) => item.type === "tool_use");
    expect(uses.map((item) => item.tool)).toEqual(expectationOf(folder, name).tools);
    const answered = messages.filter((item) => item.type === "tool_result");
    expect(answered.map((item) => item.callId)).toEqual(uses.map((item) => item.callId));
  });

  it.each(recordings)("$folder/$name books what was served", ({ folder, name }) => {
    const run = replay(folder, name);
    const { served } = readTranscript(folder, name);
    const wanted = expectationOf(folder, name);
    expect(run.coverage.level).toBe(wanted.coverage?.level ?? "exact");
    expect(run.coverage.reason).toMatch(wanted.coverage?.reason ?? /^$/);
    const counted = tokensByModel(run.usage);
    expect(comparable(counted, wanted.sent)).toEqual(comparable(served, wanted.sent));
  });

  it("includes attempts that were broken off where the stream cannot tell them apart", () => {
    const { served } = readTranscript("claude", "stream-cut");
    const counted = tokensByModel(replay("claude", "stream-cut").usage)["claude-sonnet-5"];
    expect(counted?.input).toBe(1009 + 4 * 1511);
    expect(counted?.input).toBeGreaterThan(served["claude-sonnet-5"]?.input ?? 0);
  });

  it("credits a subagent's tokens to its role", () => {
    const roles = replay("claude", "subagent").usage.map((entry) => [entry.model, entry.role]);
    expect(roles).toEqual([
      ["claude-sonnet-5", "main"],
      ["claude-haiku-5-5", "subagent"],
    ]);
  });

  it("keeps inputs and results of tools", () => {
    const { messages } = replay("claude", "success");
    expect(messages).toContainEqual({
      type: "tool_use",
      callId: "toolu_fake_0001_1",
      tool: "Write",
      input: { file_path: "/mnt/work/hello.txt", content: "hi" },
    });
    const result = messages.find((item) => item.type === "tool_result");
    expect(result).toMatchObject({
      isError: false,
      output: expect.stringContaining("/mnt/work/hello.txt"),
    });
  });

  it("INV-19 tells a killed run from its session file alone, under the keys of the live run", () => {
    const context = { model: null, resumeSessionId: null, baseline: null, usage: claude.usage };
    const usageOf = (list: readonly RunItem[]): readonly UsageObservation[] =>
      list.flatMap((item) => (item.type === "usage" ? [item.usage] : []));
    const live = claude.createMapper(context);
    const lines = readTranscript("claude", "cancel-sigterm").text.trimEnd().split("\n");
    const seen = usageOf(lines.flatMap((line) => live.accept(line)));
    const message = {
      id: "msg_fake_0001",
      model: "claude-sonnet-5",
      stop_reason: "tool_use",
      usage: { input_tokens: 1009, cache_read_input_tokens: 211, output_tokens: 53 },
    };
    const sessionId = "6f3dfb61-05cf-4d13-8668-bd24fbcb65cd";
    const entry = { type: "assistant", isSidechain: false, sessionId, message };
    const recovered = usageOf(
      claude.createMapper(context).acceptSessionFile?.([entry, entry]) ?? [],
    );
    expect(recovered).toMatchObject([{ input: 1009, output: 53 }]);
    expect(recovered[0]?.key.replace(sessionId, "")).toBe(
      seen[0]?.key.replace(/[0-9a-f-]{36}/, ""),
    );
  });

  it("shows provider retries as status", () => {
    const { messages } = replay("claude", "error-429-default-retries");
    const retries = messages.filter((item) => item.type === "status" && item.retry === true);
    expect(retries).toHaveLength(7);
    expect(retries[0]).toMatchObject({ text: "Provider retry 1 of 10 in 1 s (HTTP 429)" });
  });

  it("counts a resumed run once, with and without the earlier recording", () => {
    const { text } = readTranscript("claude", "resume-2");
    const alone = replayRecording(claude, text);
    expect(alone.usage).toEqual(replay("claude", "resume-2").usage);
    expect(alone.coverage.level).toBe("exact");
  });
});

describe("INV-20 a stream that ends before its result", () => {
  const successes = recordings.filter(
    ({ folder, name }) => replay(folder, name).status === "completed",
  );

  it.each(successes)(
    "INV-20 $folder/$name cut at any event is never a success",
    ({ folder, name }) => {
      const lines = readTranscript(folder, name).text.trimEnd().split("\n");
      const terminal = lines.findIndex((line) => line.includes('"type":"result"'));
      expect(terminal).toBeGreaterThan(0);
      for (let kept = 0; kept <= terminal; kept += 1) {
        const cut = lines.slice(0, kept).join("\n");
        const run = replayRecording(claude, cut, { exit: { code: 0, signal: null } });
        expect(run.status, `after ${kept} lines`).toBe("failed");
        expect(run.answer).toBe("");
      }
    },
  );

  it("INV-20 half a result line is no result", () => {
    const { text } = readTranscript("claude", "success");
    const run = replayRecording(claude, text.trimEnd().slice(0, -40), {
      exit: { code: 0, signal: null },
    });
    expect(run.status).toBe("failed");
    expect(run.failureClass).toBe("empty_or_unparseable_output");
  });
});
