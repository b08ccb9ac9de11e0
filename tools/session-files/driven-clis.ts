import { REAL_CLIS, type RealCli } from "@headcount/testkit/real-clis/real-cli";

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
  /** Another version than the usual one, and how it is installed. */
  readonly older?: { readonly version: string; readonly cli: Partial<RealCli> };
  readonly args: (turn: Turn) => readonly string[];
  /** The session's name in what the CLI printed. */
  readonly session: (lines: readonly Line[]) => string | undefined;
  /**
   * `command` makes the fork by a command of its own, `rpc` by a request to the app server; both
   * then go on with it.
   */
  readonly fork: "flag" | "command" | "rpc" | "never";
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

const newest: readonly DrivenCli[] = [
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
      "--json",
      "--skip-git-repo-check",
      "--dangerously-bypass-approvals-and-sandbox",
      "-m",
      model,
      ...(from === undefined ? [] : [from.how, from.session]),
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
    fork: "command",
    keep: ".kimi-code/sessions/*/*/{state.json,agents/*/wire.jsonl}",
  },
];

const olderErrand = {
  tool: "Task",
  input: {
    description: "small job",
    prompt: "ERRAND say that you are back",
    subagent_type: "general-purpose",
  },
};

function olderOf(
  name: DrivenCli["name"],
  older: NonNullable<DrivenCli["older"]>,
  changes: Partial<DrivenCli> = {},
): readonly DrivenCli[] {
  return newest.filter((cli) => cli.name === name).map((cli) => ({ ...cli, older, ...changes }));
}

/** The CLIs whose session files are recorded; older versions where they wrote something else. */
export const drivenClis: readonly DrivenCli[] = [
  ...newest,
  ...olderOf(
    "claude",
    { version: "2.0.0", cli: { installScript: "", executable: "script" } },
    { delegate: olderErrand },
  ),
  ...olderOf("codex", { version: "0.100.0", cli: {} }, { fork: "rpc" }),
  ...olderOf("gemini", { version: "0.20.0", cli: {} }),
  ...olderOf("codex", { version: "0.50.0", cli: {} }, { fork: "never" }),
];

/** Where its files are kept. */
export function fixtureName({ name, older }: DrivenCli): string {
  return older === undefined ? name : `${name}-${older.version}`;
}

/** What is installed of it. */
export function packageOf({ name, older }: DrivenCli): RealCli {
  const { installScript, ...usual } = REAL_CLIS[name];
  if (older === undefined) return REAL_CLIS[name];
  const script = older.cli.installScript ?? installScript;
  return {
    ...usual,
    executable: older.cli.executable ?? usual.executable,
    version: older.version,
    ...(script === undefined || script === "" ? {} : { installScript: script }),
  };
}
