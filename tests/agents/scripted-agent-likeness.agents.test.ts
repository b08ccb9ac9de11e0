import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { Conversation, STREAM_JSON } from "@headcount/testkit/fake-agent/conversation.fixture";
import type { Step } from "@headcount/testkit/fake-agent/agent-script";
import { makeFakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { type JsonObject, objectOf, objectsOf } from "@headcount/testkit/fake-model/json";
import type { Rule } from "@headcount/testkit/fake-model/scenario";
import { startFakeModel } from "@headcount/testkit/fake-model/start-fake-model";
import { installRealCli } from "@headcount/testkit/real-clis/install-real-cli";
import { processState } from "@headcount/testkit/process-state";
import {
  type PointedCli,
  pointAtFakeModel,
} from "@headcount/testkit/real-clis/point-at-fake-model";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";

const TEST_TIMEOUT_MS = 15 * 60_000;
const FIRST = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 };
const SECOND = { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 };

type Start = (args: readonly string[]) => Conversation;
type Recorded = { readonly lines: readonly JsonObject[]; readonly exits: readonly unknown[] };

/** Two runs of one session, and one that cannot be resumed. */
async function resume(start: Start, args: readonly string[]): Promise<Recorded> {
  const first = start(args);
  await first.control("get_usage", { skip_behaviors: true });
  first.prompt("go");
  await first.result();
  await first.control("get_usage", { skip_behaviors: true });
  await first.control("nonsense");
  const exits = [await first.end()];
  const second = start([...args, "--resume", first.sessionId()]);
  await second.control("get_usage", { skip_behaviors: true });
  second.prompt("again");
  await second.result();
  exits.push(await second.end());
  const unknown = start([...args, "--resume", crypto.randomUUID()]);
  exits.push(await unknown.exit());
  return { lines: [...first.lines, ...second.lines, ...unknown.lines], exits };
}

/** One run that ends by itself, in whatever way. */
async function fail(start: Start, args: readonly string[]): Promise<Recorded> {
  const run = start(args);
  run.prompt("go");
  await run.result();
  return { exits: [await run.end()], lines: run.lines };
}

/** A run that is interrupted while its tool runs. */
async function interrupt(start: Start, args: readonly string[], work: string): Promise<Recorded> {
  const run = start(args);
  run.prompt("go");
  const pid = await waitFor(
    async () => Number(await readFile(join(work, "pid"), "utf8").catch(() => "")),
    { describe: "the tool started", timeoutMs: 30_000 },
  );
  await rm(join(work, "pid"));
  await run.control("interrupt");
  await run.result();
  await waitFor(async () => (await processState(pid)) === undefined, { describe: "the tool gone" });
  return { exits: [await run.end()], lines: run.lines };
}

/** What a line is, in one word. */
function kindOf(line: JsonObject): string {
  const event = objectOf(line["event"]);
  const blocks = objectsOf(objectOf(line["message"])["content"]).map((block) => block["type"]);
  const answer = objectOf(line["response"])["subtype"];
  return [line["type"], line["subtype"], event["type"], answer, ...blocks]
    .filter(Boolean)
    .join(" ");
}

/** The fields in the one object that the other has not, or has with another type. */
function missingFields(like: unknown, real: unknown, path = ""): readonly string[] {
  if (Array.isArray(like)) {
    return like.flatMap((item, index) =>
      missingFields(item, Array.isArray(real) ? real[index] : undefined, `${path}[${index}]`),
    );
  }
  if (typeof like !== "object" || like === null) {
    return typeof like === typeof real ? [] : [path];
  }
  return Object.entries(like).flatMap(([key, value]) =>
    key in objectOf(real)
      ? missingFields(value, objectOf(real)[key], `${path}.${key}`)
      : [`${path}.${key}`],
  );
}

/** How runs ended, and the numbers that books are kept by. */
function outcomesOf(lines: readonly JsonObject[]): unknown {
  const pick = (totals: unknown): unknown =>
    Object.entries(objectOf(totals)).map(([model, counts]) => {
      const { inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens } =
        objectOf(counts);
      return { model, inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens };
    });
  return lines.flatMap((line) => {
    const session = objectOf(objectOf(objectOf(line["response"])["response"])["session"]);
    if (line["type"] === "control_response") return [pick(session["model_usage"])];
    if (line["type"] !== "result") return [];
    const { input_tokens, output_tokens } = objectOf(line["usage"]);
    const { subtype, is_error, terminal_reason, api_error_status, modelUsage } = line;
    const ending = { subtype, is_error, terminal_reason, api_error_status };
    return [{ ...ending, input_tokens, output_tokens, totals: pick(modelUsage) }];
  });
}

type Likeness = {
  readonly name: string;
  readonly rules: (pointed: PointedCli) => readonly Rule[];
  readonly steps: readonly Step[];
  readonly converse: (start: Start, args: readonly string[], work: string) => Promise<Recorded>;
};

const LONG_COMMAND = "echo $$ > pid; exec tail -f /dev/null";
const REFUSAL = { status: 429, message: "Slow down.", headers: { "retry-after": "1" } };

const LIKENESSES: readonly Likeness[] = [
  {
    name: "a session that is resumed",
    rules(pointed) {
      const turn = [
        { reply: { content: [{ text: "First." }, pointed.runShell("echo hi")], usage: FIRST } },
        { reply: { content: [{ text: "done" }], usage: SECOND } },
      ];
      return [...turn, ...turn];
    },
    steps: [
      { usage: FIRST },
      { text: "First." },
      { run: "echo hi" },
      { usage: SECOND },
      { text: "done" },
    ],
    converse: resume,
  },
  {
    name: "a provider that refuses",
    rules: () => [{ times: "any", error: REFUSAL }],
    steps: [
      { apiRetry: { status: 429, times: 2 } },
      { apiError: { status: 429, text: "API Error: Slow down." } },
    ],
    converse: fail,
  },
  {
    name: "an interrupt in a tool",
    rules: ({ runShell }) => [{ reply: { content: [runShell(LONG_COMMAND)], usage: FIRST } }],
    steps: [{ usage: FIRST }, { run: LONG_COMMAND }],
    converse: interrupt,
  },
];

test.for(LIKENESSES)(
  "the scripted agent does as real Claude Code does: $name",
  { timeout: TEST_TIMEOUT_MS },
  async ({ rules, steps, converse }, { skip }) => {
    const cli = await installRealCli("claude");
    if ("unavailable" in cli) return skip(cli.unavailable);
    await using directory = await temporaryDirectory();
    const [home, work] = [join(directory.path, "home"), join(directory.path, "work")];
    await mkdir(home);
    await mkdir(work);
    const path = [cli.nodePath, "/usr/local/bin", "/usr/bin", "/bin"].filter(Boolean);
    await using fake = await startFakeModel({ scenario: { rules: [] } });
    const pointed = await pointAtFakeModel("claude", { home, url: fake.url, retries: "few" });
    fake.setScenario({ rules: [pointed.sideRule, ...rules(pointed)] });
    const env = { PATH: path.join(delimiter), LANG: "C.UTF-8", ...pointed.environment };
    const starter =
      (executable: string): Start =>
      (args) =>
        new Conversation(spawn(executable, args, { cwd: work, env }));
    const args = [...STREAM_JSON, "--include-partial-messages", "--model", pointed.mainModel];

    const real = await converse(starter(cli.executable), args, work);
    const claude = await makeFakeClaude(directory.path, { steps });
    const scripted = await converse(starter(claude.executable), args, work);

    expect(scripted.lines.map(kindOf)).toEqual(real.lines.map(kindOf));
    expect(outcomesOf(scripted.lines)).toEqual(outcomesOf(real.lines));
    expect(scripted.exits).toEqual(real.exits);
    const missing = scripted.lines.map((line, index) => [
      kindOf(line),
      ...missingFields(line, real.lines[index]),
    ]);
    expect(missing.filter((entry) => entry.length > 1)).toEqual([]);
  },
);
