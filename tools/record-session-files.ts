/**
 * Makes the session files that `packages/session-files` is tested with: drives each real agent CLI against the
 * scripted model server and keeps what the CLI wrote, with what was served beside it.
 *
 *     node tools/record-session-files.ts [cli…]
 */
import { glob, mkdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
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
import {
  type DrivenCli,
  drivenClis,
  fixtureName,
  type Line,
  packageOf,
  type Turn,
} from "./session-files/driven-clis.ts";
import { forkByCommand, forkByRequest } from "./session-files/fork-session.ts";
import { keepSessionFile, scrubbed } from "./session-files/keep-session-file.ts";

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

async function record(cli: DrivenCli): Promise<void> {
  const installed = await installRealCli(cli.name, { cli: packageOf(cli) });
  if ("unavailable" in installed) throw new Error(installed.unavailable);
  const wanted = packageOf(cli).version;
  if (installed.version !== wanted) throw new Error(`${cli.name}@${wanted} cannot be had.`);
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
    PATH: path.join(delimiter),
    LANG: "C.UTF-8",
    TERM: "dumb",
    PWD: work,
    ...pointed.environment,
  };
  const calls: unknown[] = [];
  const forkOf = async (session: string): Promise<string> => {
    const place = { executable: installed.executable, cwd: work, env };
    return cli.fork === "rpc" ? forkByRequest(place, session) : forkByCommand(place, session);
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
    if (model.unused().length > 0)
      throw new Error(`${name} left ${model.unused().join(", ")}: ${said}`);
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
    console.log(`${fixtureName(cli)} ${name}: ${session}`);
    return session;
  };

  await takeTurns({ cli, pointed, work, take, forkOf });
  const target = join(fixtures, fixtureName(cli));
  await rm(target, { recursive: true, force: true });
  for await (const file of glob(cli.keep, { cwd: home })) {
    const to = join(target, "home", scrubbed(file, directory.path));
    await keepSessionFile(join(home, file), to, directory.path);
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

const asked = process.argv.slice(2);
for (const cli of drivenClis) {
  if (asked.length === 0 || asked.includes(fixtureName(cli))) await record(cli);
}
