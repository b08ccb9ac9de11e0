import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { Conversation, STREAM_JSON } from "@headcount/testkit/fake-agent/conversation.fixture";
import { makeFakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { type JsonObject, objectOf, objectsOf } from "@headcount/testkit/fake-model/json";
import { startFakeModel } from "@headcount/testkit/fake-model/start-fake-model";
import { installRealCli } from "@headcount/testkit/real-clis/install-real-cli";
import { pointAtFakeModel } from "@headcount/testkit/real-clis/point-at-fake-model";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";

const TEST_TIMEOUT_MS = 15 * 60_000;
const COMMAND = "echo hi";
const FIRST = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 };
const SECOND = { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 };

type Start = (args: readonly string[]) => Conversation;
type Recorded = { readonly lines: readonly JsonObject[]; readonly exits: readonly unknown[] };

/** Two runs of one session with every kind of request that the daemon makes. */
async function converse(start: Start, model: string): Promise<Recorded> {
  const args = [...STREAM_JSON, "--include-partial-messages", "--model", model];
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

/** The numbers that books are kept by, wherever they are in the lines. */
function usageOf(lines: readonly JsonObject[]): unknown {
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
    return [{ input_tokens, output_tokens, totals: pick(line["modelUsage"]) }];
  });
}

test(
  "the scripted agent converses like the real Claude Code",
  { timeout: TEST_TIMEOUT_MS },
  async ({ skip }) => {
    const cli = await installRealCli("claude");
    if ("unavailable" in cli) return skip(cli.unavailable);
    await using directory = await temporaryDirectory();
    const [home, work] = [join(directory.path, "home"), join(directory.path, "work")];
    await mkdir(home);
    await mkdir(work);
    const path = [cli.nodePath, "/usr/local/bin", "/usr/bin", "/bin"].filter(Boolean);
    await using fake = await startFakeModel({ scenario: { rules: [] } });
    const pointed = await pointAtFakeModel("claude", { home, url: fake.url, retries: "few" });
    const turn = [
      { reply: { content: [{ text: "First." }, pointed.runShell(COMMAND)], usage: FIRST } },
      { reply: { content: [{ text: "done" }], usage: SECOND } },
    ];
    fake.setScenario({ rules: [pointed.sideRule, ...turn, ...turn] });
    const env = { PATH: path.join(delimiter), LANG: "C.UTF-8", ...pointed.environment };
    const start =
      (executable: string): Start =>
      (args) =>
        new Conversation(spawn(executable, args, { cwd: work, env }));

    const real = await converse(start(cli.executable), pointed.mainModel);
    const claude = await makeFakeClaude(directory.path, {
      steps: [
        { usage: FIRST },
        { text: "First." },
        { run: COMMAND },
        { usage: SECOND },
        { text: "done" },
      ],
    });
    const scripted = await converse(start(claude.executable), pointed.mainModel);

    expect(scripted.lines.map(kindOf)).toEqual(real.lines.map(kindOf));
    expect(usageOf(scripted.lines)).toEqual(usageOf(real.lines));
    expect(scripted.exits).toEqual(real.exits);
    const missing = scripted.lines.map((line, index) => [
      kindOf(line),
      ...missingFields(line, real.lines[index]),
    ]);
    expect(missing.filter((entry) => entry.length > 1)).toEqual([]);
  },
);
