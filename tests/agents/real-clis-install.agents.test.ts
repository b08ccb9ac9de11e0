import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { startFakeModel } from "@headcount/testkit/fake-model/start-fake-model";
import { type InstalledCli, installRealCli } from "@headcount/testkit/real-clis/install-real-cli";
import {
  type PointedCli,
  pointAtFakeModel,
} from "@headcount/testkit/real-clis/point-at-fake-model";
import { REAL_CLIS, type RealCliName } from "@headcount/testkit/real-clis/real-cli";
import { runProgram } from "@headcount/testkit/real-clis/run-program";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";

const RUN_TIMEOUT_MS = 90_000;
const TEST_TIMEOUT_MS = 15 * 60_000;
const PROMPT = "create hello.txt with content hi and then say done";
const FIRST = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53, reasoning: 13 };
const SECOND = { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29, reasoning: 7 };

type Line = Readonly<Record<string, unknown>> & { readonly type?: string };

type Driven = {
  readonly name: RealCliName;
  readonly args: (pointed: PointedCli) => readonly string[];
  /** What the CLI says it used, prompt and output, each with everything in it. */
  readonly reported: (lines: readonly Line[]) => unknown;
  readonly expected: unknown;
};

const DRIVEN: readonly Driven[] = [
  {
    name: "claude",
    args: ({ mainModel }) => [
      "-p",
      PROMPT,
      "--output-format",
      "stream-json",
      "--verbose",
      "--dangerously-skip-permissions",
      "--model",
      mainModel,
    ],
    reported: (lines) => lines.findLast(({ type }) => type === "result")?.["usage"],
    expected: {
      input_tokens: 2520,
      cache_read_input_tokens: 620,
      cache_creation_input_tokens: 410,
      output_tokens: 82,
    },
  },
  {
    name: "codex",
    args: ({ mainModel }) => [
      "exec",
      "--json",
      "--skip-git-repo-check",
      "--dangerously-bypass-approvals-and-sandbox",
      "-m",
      mainModel,
      PROMPT,
    ],
    reported: (lines) => lines.findLast(({ type }) => type === "turn.completed")?.["usage"],
    expected: { input_tokens: 3550, cached_input_tokens: 620, output_tokens: 82 },
  },
];

function environmentOf(cli: InstalledCli, pointed: PointedCli): NodeJS.ProcessEnv {
  const path = [cli.nodePath, "/usr/local/bin", "/usr/bin", "/bin"].filter(Boolean);
  const own = { PATH: path.join(delimiter), LANG: "C.UTF-8", TERM: "dumb" };
  return { ...own, ...pointed.environment };
}

test.for(DRIVEN)(
  "real $name writes the file it is told to and reports what was served",
  { timeout: TEST_TIMEOUT_MS },
  async ({ name, args, reported, expected }, { skip }) => {
    const cli = await installRealCli(name);
    if ("unavailable" in cli) return skip(cli.unavailable);
    // Codex refuses helper binaries in a home below the system's temporary directory.
    const parent = join(import.meta.dirname, "../../.cache");
    await mkdir(parent, { recursive: true });
    await using directory = await temporaryDirectory({ parent, prefix: `real-${name}` });
    const [home, work] = [join(directory.path, "home"), join(directory.path, "work")];
    await mkdir(home);
    await mkdir(work);
    await using fake = await startFakeModel({ scenario: { rules: [] } });
    const pointed = await pointAtFakeModel(name, { home, url: fake.url, retries: "few" });
    const call = pointed.writeFile({ work, path: "hello.txt", content: "hi" });
    fake.setScenario({
      rules: [
        pointed.sideRule,
        { name: "call", reply: { content: [{ text: "Writing." }, call], usage: FIRST } },
        { name: "answer", reply: { content: [{ text: "done" }], usage: SECOND } },
      ],
    });

    const run = await runProgram(cli.executable, args(pointed), {
      cwd: work,
      env: environmentOf(cli, pointed),
      timeoutMs: RUN_TIMEOUT_MS,
    });

    expect(run).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(work, "hello.txt"), "utf8")).toBe("hi");
    expect(fake.unused()).toEqual([]);
    expect(fake.served()[pointed.mainModel]).toMatchObject({
      requests: 2,
      input: 2520,
      cacheRead: 620,
      cacheWrite: 410,
      output: 82,
      reasoning: 20,
    });
    const lines = run.stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line);
    expect(reported(lines)).toMatchObject(expected as object);
    expect(cli.version).toBe(REAL_CLIS[name].version);
  },
);
