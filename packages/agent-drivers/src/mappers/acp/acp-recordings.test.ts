import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { claudeAcp } from "../../clis/claude-acp.ts";
import { codexAcp } from "../../clis/codex-acp.ts";
import { copilot } from "../../clis/copilot.ts";
import { gemini } from "../../clis/gemini.ts";
import { kimi } from "../../clis/kimi.ts";
import { opencode } from "../../clis/opencode.ts";
import { qwen } from "../../clis/qwen.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { FailureClass, RunItem, RunStatus } from "../../core/types.ts";
import { replayRecording } from "../../replay/replay-recording.ts";
import type { ReplayedRun } from "../../replay/replay-recording.ts";

type Served = Readonly<
  Record<"input" | "cacheRead" | "cacheWrite" | "cacheWrite1h" | "output" | "reasoning", number>
>;

const folder = new URL("../../../fixtures/transcripts/", import.meta.url);
const cases = ["success", "resume-1", "resume-2", "error-401", "error-429", "cancel"] as const;
type Case = (typeof cases)[number];

function read(agent: string, name: string): string {
  return readFileSync(new URL(`${agent}/${name}`, folder), "utf8");
}

function meta(
  agent: string,
  name: Case,
): { served_by_model: Record<string, Served>; session_id: string | null } {
  return JSON.parse(read(agent, `${name}.meta.json`));
}

function replay(spec: CliSpec, agent: string, name: Case): ReplayedRun {
  const hasStderr = existsSync(new URL(`${agent}/${name}.stderr.txt`, folder));
  return replayRecording(spec, read(agent, `${name}.jsonl`), {
    // Copilot never names its model; the recordings configured this one.
    model: "fake-large",
    ...(hasStderr ? { stderr: read(agent, `${name}.stderr.txt`).slice(-2048) } : {}),
    ...(name === "resume-2" ? { after: read(agent, "resume-1.jsonl") } : {}),
  });
}

/** What was said and done, with the chunks of one text put together again. */
function story(messages: readonly RunItem[]): readonly string[] {
  const lines: string[] = [];
  let isText = false;
  for (const item of messages) {
    if (item.type === "text") {
      lines.push(isText ? `${lines.pop() ?? ""}${item.text}` : `text ${item.text}`);
      isText = true;
      continue;
    }
    if (item.type === "log" || item.type === "status") continue;
    isText = false;
    if (item.type === "tool_use") lines.push(`use ${item.tool} ${JSON.stringify(item.input)}`);
    if (item.type === "tool_result") lines.push(`result ${item.isError} ${item.output}`);
    if (item.type === "error") lines.push(`error ${item.message.split("\n")[0] ?? ""}`);
  }
  return lines;
}

type End = {
  readonly status: RunStatus;
  readonly failureClass: FailureClass | null;
  readonly answer: string;
};
const done: End = { status: "completed", failureClass: null, answer: "done" };
const again: End = { ...done, answer: "done again" };
const stopped: End = { status: "cancelled", failureClass: null, answer: "" };
const failedWith = (failureClass: FailureClass): End => ({
  status: "failed",
  failureClass,
  answer: "",
});
const auth = failedWith("provider_auth_or_access");
const rate = failedWith("provider_capacity_or_rate_limit");

const usualEnds: Readonly<Record<Case, End>> = {
  success: done,
  "resume-1": done,
  "resume-2": again,
  "error-401": auth,
  "error-429": rate,
  cancel: stopped,
};

type Agent = {
  readonly folder: string;
  readonly spec: CliSpec;
  readonly ends: Readonly<Record<Case, End>>;
  /** `use` and `result` lines of the one tool call that every fresh run makes. */
  readonly tool: readonly [string, string];
  /** How figures follow from what was served; null where none are reported. */
  readonly usage: ((served: Served, name: Case) => Partial<Served> | null) | null;
  readonly coverage: "exact" | "partial" | "none";
  /** What had been said when the run was cancelled. */
  readonly cutText: readonly string[];
};

const arguments_ = '{"path":"/mnt/work/hello.txt","content":"hi"}';
const fileArguments = '{"file_path":"/mnt/work/hello.txt","content":"hi"}';

const agents: readonly Agent[] = [
  {
    folder: "copilot-acp",
    spec: copilot,
    ends: usualEnds,
    tool: [
      'use edit {"path":"/mnt/work/hello.txt","file_text":"hi"}',
      "result false Created file /mnt/work/hello.txt with 2 characters",
    ],
    usage: ({ input, cacheRead, cacheWrite, output }) => ({ input, cacheRead, cacheWrite, output }),
    coverage: "exact",
    cutText: ["text I am about to say that"],
  },
  {
    folder: "gemini-acp",
    spec: gemini,
    ends: { ...usualEnds, "resume-2": failedWith("unknown") },
    tool: [
      'use write_file {"path":"/mnt/work/hello.txt","newText":"hi"}',
      "result false /mnt/work/hello.txt\n+hi",
    ],
    usage: ({ input, cacheRead, cacheWrite, output, reasoning }, name) =>
      name === "cancel"
        ? null
        : {
            input: input + cacheRead + cacheWrite,
            cacheRead: 0,
            cacheWrite: 0,
            output: output - reasoning,
          },
    coverage: "partial",
    cutText: ["text I am about to say that it is done"],
  },
  {
    folder: "qwen-acp",
    spec: qwen,
    // Silent retries: the recorder gave up and closed the conversation.
    ends: { ...usualEnds, "error-429": stopped },
    tool: [
      `use write_file ${fileArguments}`,
      "result false Index: hello.txt\n===================================================================\n--- hello.txt\tOriginal\n+++ hello.txt\tWritten\n@@ -0,0 +1,1 @@\n+hi\n\\ No newline at end of file\n",
    ],
    usage: ({ input, cacheRead, cacheWrite, output, reasoning }) => ({
      input: input + cacheWrite,
      cacheRead,
      cacheWrite: 0,
      output,
      reasoning,
    }),
    coverage: "partial",
    cutText: ["text I am about to say that it is done"],
  },
  {
    folder: "opencode-acp",
    spec: opencode,
    ends: usualEnds,
    tool: [
      'use write {"filePath":"/mnt/work/hello.txt","content":"hi"}',
      "result false Wrote file successfully.",
    ],
    usage: null,
    coverage: "none",
    cutText: ["text I am about to say that it is done"],
  },
  {
    folder: "kimi-acp",
    spec: kimi,
    ends: { ...usualEnds, "error-429": failedWith("empty_or_unparseable_output") },
    tool: [`use Write ${arguments_}`, "result false Wrote 2 bytes to /mnt/work/hello.txt"],
    usage: null,
    coverage: "none",
    cutText: ["text I am about to say that it is done"],
  },
  {
    folder: "claude-acp",
    spec: claudeAcp,
    ends: usualEnds,
    tool: [
      `use Write ${fileArguments}`,
      "result false File created successfully at: /mnt/work/hello.txt (file state is current in your context — no need to Read it back)",
    ],
    usage: ({ input, cacheRead, cacheWrite, output }, name) =>
      // Two side requests of 601 and 17 tokens each were served after the bridge's reply.
      name === "resume-2"
        ? { input: input - 2 * 601, cacheRead, cacheWrite, output: output - 2 * 17 }
        : { input, cacheRead, cacheWrite, output },
    coverage: "partial",
    cutText: ["text I am about to say that"],
  },
  {
    folder: "codex-acp",
    spec: codexAcp,
    ends: usualEnds,
    tool: ["use execute", "result false "],
    usage: null,
    coverage: "none",
    cutText: [],
  },
];

function expectedStory(agent: Agent, name: Case): readonly unknown[] {
  const [use, result] = agent.tool;
  const work = ["text Writing the file.", expect.stringContaining(use), result];
  if (name.startsWith("error")) return [];
  if (name === "cancel") return [...work, ...agent.cutText];
  if (name === "resume-2") return agent.ends[name] === again ? ["text done again"] : [];
  return [...work, "text done"];
}

describe.each(agents)("recordings of $folder", (agent) => {
  it.each(cases)("%s ends as it did, with the right answer and session", (name) => {
    const run = replay(agent.spec, agent.folder, name);
    const { status, failureClass, answer } = run;
    expect({ status, failureClass, answer }).toEqual(agent.ends[name]);
    const isRejected = agent.folder === "gemini-acp" && name === "resume-2";
    expect(run.resumeRejected).toBe(isRejected);
    expect(run.sessionId).toBe(isRejected ? null : meta(agent.folder, name).session_id);
    expect(run.error === null).toBe(status === "completed");
  });

  it.each(cases)("%s tells what was said and done, once and without history", (name) => {
    const lines = story(replay(agent.spec, agent.folder, name).messages);
    const said = lines.filter((line) => !line.startsWith("error "));
    expect(said).toEqual(expectedStory(agent, name));
  });

  it.each(cases)("%s books what was served, or says why not", (name) => {
    const { usage, coverage } = replay(agent.spec, agent.folder, name);
    const booked = usage.map(
      ({ model, input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, role }) => ({
        model,
        role,
        input,
        cacheRead,
        cacheWrite: cacheWrite5m,
        cacheWrite1h,
        output,
        reasoning,
      }),
    );
    const expected = Object.entries(meta(agent.folder, name).served_by_model).flatMap(
      ([model, served]) => {
        const figures = agent.usage?.(served, name) ?? null;
        return figures === null
          ? []
          : [{ model, role: "main", cacheWrite1h: 0, reasoning: 0, ...figures }];
      },
    );
    expect(booked).toEqual(expected);
    expect(coverage.level).toBe(expected.length === 0 ? "none" : agent.coverage);
    expect(coverage.reason === "").toBe(coverage.level === "exact");
  });

  it("INV-20 is never a success when cut before the agent's reply to the prompt", () => {
    for (const name of cases) {
      const lines = read(agent.folder, `${name}.jsonl`).trimEnd().split("\n");
      const reply = lines.findIndex((line) => line.includes('"stopReason"'));
      const end = reply === -1 ? lines.length : reply;
      for (let length = 0; length <= end; length += 1) {
        const cut = lines.slice(0, length).join("\n");
        expect(
          replayRecording(agent.spec, cut, { exit: { code: 0, signal: null } }).status,
        ).not.toBe("completed");
      }
    }
  });
});
