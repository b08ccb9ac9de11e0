/**
 * Makes the session files that `packages/session-files` is tested with: drives each real agent CLI against the
 * scripted model server and keeps what the CLI wrote, with what was served beside it.
 *
 *     node tools/record-session-files.ts [cli…]
 */
import { cp, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { Rule } from "@headcount/testkit/fake-model/scenario";
import { startFakeModel } from "@headcount/testkit/fake-model/start-fake-model";
import { installRealCli } from "@headcount/testkit/real-clis/install-real-cli";
import {
  type PointedCli,
  pointAtFakeModel,
} from "@headcount/testkit/real-clis/point-at-fake-model";
import { runProgram } from "@headcount/testkit/real-clis/run-program";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";

const root = fileURLToPath(new URL("../", import.meta.url));
const fixtures = join(root, "packages/session-files/fixtures");

/** No two sums of these coincide. */
const counts = [
  { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53, reasoning: 13 },
  { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29, reasoning: 7 },
  { input: 2003, cacheRead: 809, cacheWrite: 59, output: 31, reasoning: 0 },
  { input: 4001, cacheRead: 1601, cacheWrite: 211, output: 67, reasoning: 11 },
  { input: 8009, cacheRead: 3203, cacheWrite: 401, output: 127, reasoning: 17 },
] as const;

type Turn = {
  readonly prompt: string;
  readonly model: string;
  /** Session that goes on, and whether under its own name. */
  readonly from?: { readonly session: string; readonly how: "resume" | "fork" };
};

type DrivenCli = {
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

type Line = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
const member = (lines: readonly Line[], key: string): string | undefined =>
  text(lines.find((line) => typeof line[key] === "string")?.[key]);

const resumeArguments = ({ from }: Turn): readonly string[] =>
  from === undefined
    ? []
    : ["--resume", from.session, ...(from.how === "fork" ? ["--fork-session"] : [])];

const driven: readonly DrivenCli[] = [
  {
    name: "claude",
    args: (turn) => [
      ...["-p", turn.prompt, "--output-format", "stream-json", "--verbose"],
      ...["--dangerously-skip-permissions", "--model", turn.model, ...resumeArguments(turn)],
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
      ...["--json", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox"],
      ...["-m", model, prompt],
    ],
    session: (lines) => member(lines, "thread_id"),
    fork: "flag",
    keep: ".codex/sessions/**/*.jsonl",
  },
  {
    name: "gemini",
    args: (turn) => [
      ...["-p", turn.prompt, "--output-format", "stream-json", "-y", "-m", turn.model],
      ...resumeArguments(turn),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "never",
    keep: ".gemini/tmp/*/chats/**/*.json*",
  },
  {
    name: "qwen",
    args: (turn) => [
      ...["-p", turn.prompt, "--output-format", "stream-json", "-y", "-m", turn.model],
      ...resumeArguments(turn),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "flag",
    keep: ".qwen/projects/*/chats/**/*.jsonl",
  },
  {
    name: "opencode",
    args: ({ prompt, model, from }) => [
      ...["run", "--format", "json", "-m", model],
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
      ...["-p", "--mode", "json", "--provider", "fake", "--model", model],
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
      ...["-p", prompt, "--output-format", "stream-json", "-m", model],
      ...(from === undefined ? [] : ["-S", from.session]),
    ],
    session: (lines) => member(lines, "session_id"),
    fork: "first",
    keep: ".kimi-code/sessions/*/*/{state.json,agents/*/wire.jsonl}",
  },
];

async function record(cli: DrivenCli): Promise<void> {
  const installed = await installRealCli(cli.name);
  if ("unavailable" in installed) throw new Error(installed.unavailable);
  const parent = join(root, ".cache");
  await mkdir(parent, { recursive: true });
  await using directory = await temporaryDirectory({ parent, prefix: `record-${cli.name}` });
  const [home, work] = [join(directory.path, "home"), join(directory.path, "work")];
  await mkdir(home);
  await mkdir(work);
  await using model = await startFakeModel({ scenario: { rules: [] } });
  const pointed = await pointAtFakeModel(cli.name, { home, url: model.url, retries: "few" });
  const path = [installed.nodePath, "/usr/local/bin", "/usr/bin", "/bin"].filter(Boolean);
  const env = {
    ...{ PATH: path.join(delimiter), LANG: "C.UTF-8", TERM: "dumb", PWD: work },
    ...pointed.environment,
  };
  const calls: unknown[] = [];
  const forkOf = async (session: string): Promise<string> => {
    const run = await runProgram(installed.executable, ["fork", "--yes", session], {
      cwd: work,
      env,
      timeoutMs: 120_000,
    });
    const made = /session_[0-9a-f-]+/g.exec(run.stdout.replaceAll(session, ""))?.[0];
    if (made === undefined) throw new Error(`fork: ${run.stdout}\n${run.stderr}`);
    return made;
  };

  const take = async (name: string, turn: Turn, rules: readonly Rule[]): Promise<string> => {
    model.setScenario({ rules: [pointed.sideRule, ...rules] });
    const run = await runProgram(installed.executable, cli.args(turn), {
      cwd: work,
      env,
      timeoutMs: 120_000,
    });
    const said = `${run.problem ?? run.exitCode}\n${run.stderr}\n${run.stdout}`.slice(0, 4_000);
    if (run.exitCode !== 0) throw new Error(`${cli.name}, ${name}: ${said}`);
    if (model.unused().length > 0) throw new Error(`${name} left ${model.unused()}: ${said}`);
    const lines = run.stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line);
    const session = cli.session(lines);
    if (session === undefined) throw new Error(`${cli.name}, ${name}: no session in ${said}`);
    for (const { served, rule } of model.requests()) {
      if (served?.usage)
        calls.push({ turn: name, session, rule, model: served.model, ...served.usage });
    }
    console.log(`${cli.name} ${name}: ${session}`);
    return session;
  };

  await takeTurns({ cli, pointed, work, take, forkOf });
  const target = join(fixtures, cli.name);
  await rm(target, { recursive: true, force: true });
  for await (const file of glob(cli.keep, { cwd: home })) {
    const to = join(target, "home", scrubbed(file, directory.path));
    await keep(join(home, file), to, directory.path);
  }
  const meta = { cli: cli.name, version: installed.version, madeBy: "the CLI itself", calls };
  await writeFile(join(target, "meta.json"), `${JSON.stringify(meta, null, 2)}\n`);
}

type Take = (name: string, turn: Turn, rules: readonly Rule[]) => Promise<string>;

async function takeTurns(stage: {
  readonly cli: DrivenCli;
  readonly pointed: PointedCli;
  readonly work: string;
  readonly take: Take;
  readonly forkOf: (session: string) => Promise<string>;
}): Promise<void> {
  const { cli, pointed, work, take, forkOf } = stage;
  const { mainModel, smallModel } = pointed;
  const say = (name: string, index: number): Rule => ({
    name,
    reply: { content: [{ text: `${name} is done` }], usage: counts[index] ?? {} },
  });
  const call = pointed.writeFile({ work, path: "hello.txt", content: "hi" });
  const session = await take("plain", { prompt: "say something", model: mainModel }, [
    say("plain", 0),
  ]);
  await take("tool", { prompt: "create hello.txt with content hi", model: mainModel }, [
    { name: "call", reply: { content: [{ text: "Writing." }, call], usage: counts[1] } },
    say("after the tool", 2),
  ]);
  await take(
    "resume",
    { prompt: "and once more", model: smallModel, from: { session, how: "resume" } },
    [say("resumed", 3)],
  );
  if (cli.fork !== "never") {
    const from =
      cli.fork === "flag"
        ? ({ session, how: "fork" } as const)
        : ({ session: await forkOf(session), how: "resume" } as const);
    await take("fork", { prompt: "another way", model: mainModel, from }, [say("forked", 4)]);
  }
  if (cli.delegate === undefined) return;
  await take("subagent", { prompt: "delegate it", model: mainModel }, [
    { ...say("errand", 3), when: { userText: "ERRAND" } },
    { name: "hand over", reply: { content: [cli.delegate], usage: counts[0] } },
    say("delegated", 1),
  ]);
}

/** Copies a file without the recorder's own folders and without long texts: those are not ours to publish. */
async function keep(from: string, to: string, place: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (from.endsWith(".db")) return keepDatabase(from, to, place);
  const lines = (await readFile(from, "utf8")).split("\n").filter((line) => line !== "");
  const kept = lines.map((line) => JSON.stringify(shortened(JSON.parse(line) as unknown)));
  await writeFile(to, scrubbed(`${kept.join("\n")}\n`, place));
}

/** Only the tables and columns that say what was used. */
async function keepDatabase(from: string, to: string, place: string): Promise<void> {
  await cp(from, `${to}.copy`);
  await cp(`${from}-wal`, `${to}.copy-wal`);
  {
    using database = new DatabaseSync(`${to}.copy`);
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
    database.exec("pragma foreign_keys = off");
    for (const { name } of tables) {
      if (!/^(session|message|part|sqlite_.*)$/.test(String(name))) {
        database.exec(`drop table "${String(name)}"`);
      }
    }
    for (const [table, column] of [
      ["session", "directory"],
      ["session", "path"],
      ["message", "data"],
      ["part", "data"],
    ]) {
      for (const ours of [place, root.replace(/\/$/, "")]) {
        database
          .prepare(`update ${table} set ${column} = replace(${column}, ?, '/machine')`)
          .run(ours);
      }
    }
    database.exec("update session set permission = null, path = null");
    database.prepare("vacuum into ?").run(to);
  }
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${to}.copy${suffix}`, { force: true });
}

const longestText = 160;
const longestList = 12;

function shortened(value: unknown): unknown {
  if (typeof value === "string") {
    const isProse = /\s/.test(value) || value.length > 400;
    return isProse && value.length > longestText ? `${value.slice(0, 40)}…` : value;
  }
  if (Array.isArray(value)) return value.slice(0, longestList).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

/** Takes the recorder's own folder out of a text or a path. */
function scrubbed(content: string, place: string): string {
  const encoded = place.replaceAll(/[^A-Za-z0-9]/g, "-");
  const dotted = place.slice(1).replaceAll("/", "-");
  return content
    .replaceAll(place, "/machine")
    .replaceAll(encoded, "-machine")
    .replaceAll(dotted, "machine")
    .replaceAll(root.replace(/\/$/, ""), "/machine");
}

const asked = process.argv.slice(2);
for (const cli of driven) {
  if (asked.length === 0 || asked.includes(cli.name)) await record(cli);
}
