/** One start of a CLI. */
export type Turn = {
  readonly prompt: string;
  readonly model: string;
  /** Session that goes on, and whether under its own name. */
  readonly from?: { readonly session: string; readonly how: "resume" | "fork" };
};

/** How a CLI is started, and where it keeps its sessions. */
export type DrivenCli = {
  readonly name: "claude" | "codex" | "gemini" | "qwen" | "opencode" | "pi" | "kimi";
  readonly args: (turn: Turn) => readonly string[];
  /** The session's name in what the CLI printed. */
  readonly session: (lines: readonly Line[]) => string | undefined;
  /** `first` makes the fork by a command of its own and then goes on with it. */
  readonly fork: "flag" | "first" | "never";
  /** Tool call by which the CLI hands work to a subagent. */
  readonly delegate?: { readonly tool: string; readonly input: Record<string, unknown> };
  /** What of the home is kept, relative to it. */
  readonly keep: string;
};

/** A line of what a CLI prints. */
export type Line = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
const member = (lines: readonly Line[], key: string): string | undefined =>
  text(lines.find((line) => typeof line[key] === "string")?.[key]);

const resumeArguments = ({ from }: Turn): readonly string[] =>
  from === undefined
    ? []
    : ["--resume", from.session, ...(from.how === "fork" ? ["--fork-session"] : [])];

/** The CLIs whose session files are recorded. */
export const drivenClis: readonly DrivenCli[] = [
  {
    name: "claude",
    args: (turn) => [
      "-p",
      turn.prompt,
      "--output-format",
      "stream-json",
      "--verbose",
      "--dangerously-skip-permissions",
      "--model",
      turn.model,
      ...resumeArguments(turn),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "flag",
    delegate: {
      tool: "Agent",
      input: {
        description: "small job",
        prompt: "ERRAND say that you are back",
        subagent_type: "general-purpose",
        model: "haiku",
        run_in_background: false,
      },
    },
    keep: ".claude/projects/**/*.jsonl",
  },
  {
    name: "codex",
    args: ({ prompt, model, from }) => [
      "exec",
      ...(from === undefined ? [] : [from.how, from.session]),
      "--json",
      "--skip-git-repo-check",
      "--dangerously-bypass-approvals-and-sandbox",
      "-m",
      model,
      prompt,
    ],
    session: (lines) => member(lines, "thread_id"),
    fork: "flag",
    keep: ".codex/sessions/**/*.jsonl",
  },
  {
    name: "gemini",
    args: (turn) => [
      "-p",
      turn.prompt,
      "--output-format",
      "stream-json",
      "-y",
      "-m",
      turn.model,
      ...resumeArguments(turn),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "never",
    keep: ".gemini/tmp/*/chats/**/*.json*",
  },
  {
    name: "qwen",
    args: (turn) => [
      "-p",
      turn.prompt,
      "--output-format",
      "stream-json",
      "-y",
      "-m",
      turn.model,
      ...resumeArguments(turn),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "flag",
    keep: ".qwen/projects/*/chats/**/*.jsonl",
  },
  {
    name: "opencode",
    args: ({ prompt, model, from }) => [
      "run",
      "--format",
      "json",
      "-m",
      model,
      ...(from === undefined ? [] : ["--session", from.session]),
      ...(from?.how === "fork" ? ["--fork"] : []),
      prompt,
    ],
    session: (lines) => member(lines, "sessionID"),
    fork: "flag",
    delegate: {
      tool: "task",
      input: {
        description: "small job",
        prompt: "ERRAND say that you are back",
        subagent_type: "helper",
      },
    },
    keep: ".local/share/opencode/opencode.db",
  },
  {
    name: "pi",
    args: ({ prompt, model, from }) => [
      "-p",
      "--mode",
      "json",
      "--provider",
      "fake",
      "--model",
      model,
      ...(from === undefined ? [] : [from.how === "fork" ? "--fork" : "--session", from.session]),
      prompt,
    ],
    session: (lines) => text(lines.find((line) => line["type"] === "session")?.["id"]),
    fork: "flag",
    keep: ".pi/agent/sessions/**/*.jsonl",
  },
  {
    name: "kimi",
    args: ({ prompt, model, from }) => [
      "-p",
      prompt,
      "--output-format",
      "stream-json",
      "-m",
      model,
      ...(from === undefined ? [] : ["-S", from.session]),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "first",
    keep: ".kimi-code/sessions/*/*/{state.json,agents/*/wire.jsonl}",
  },
];
