import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { makeFakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { type Product, startProduct } from "../../tests/support/start-product.ts";
import { atMost, type Figure, median, progress } from "../lib/figures.ts";

const launcher = fileURLToPath(new URL("../../bin/headcount.mjs", import.meta.url));
const eagerProgram = fileURLToPath(new URL("./eager-cli.ts", import.meta.url));
const rounds = 15;
const targetMs = 250;

type Environment = Readonly<Record<string, string>>;
type Start = {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Environment;
};

/** From the start of the process to its end, with the answer of a real server in between. */
export async function benchCliStart(): Promise<Figure[]> {
  await using folder = await temporaryDirectory({ prefix: "hc-cli" });
  const claude = await makeFakeClaude(folder.path);
  await using product = await startProduct({ agentDirectories: [path.dirname(claude.executable)] });
  const held = path.join(folder.path, "held");
  const environmentFile = path.join(folder.path, "environment");
  await writeFile(held, "");
  await claude.setScript({
    steps: [
      {
        run: `env -0 > '${environmentFile}.part' && mv '${environmentFile}.part' '${environmentFile}'`,
      },
      { run: `while [ -e '${held}' ]; do sleep 0.2; done` },
      { result: "done" },
    ],
  });
  const agent = await product.createAgent("Asker", "claude");
  const { issue, taskId } = await product.assign("Read me", agent);
  await waitFor(() => existsSync(environmentFile), { describe: "the environment of a run" });
  const inTask = parseEnvironment(await readFile(environmentFile, "utf8"));
  progress(`headcount issue get, ${rounds} times each way`);
  const words = ["issue", "get", issue.key];
  const figures = startsFor(product, inTask, folder.path).map((start) => measure(start, words));
  await rm(held);
  await product.taskEnded(taskId);
  return figures;
}

/** As an agent calls it, and as a person does: under a Node that runs the sources, and under an older one. */
function startsFor(product: Product, inTask: Environment, home: string): readonly Start[] {
  const person = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    HEADCOUNT_SERVER_URL: product.url,
    HEADCOUNT_PAT: product.ownerToken,
    HEADCOUNT_WORKSPACE: "acme",
  };
  const older = olderNode();
  return [
    { name: "by an agent", command: ["headcount"], environment: inTask },
    { name: "by a person", command: [process.execPath, launcher], environment: person },
    ...(older === null
      ? []
      : [
          {
            name: `by a person with Node ${older.version}`,
            command: [older.program, launcher],
            environment: person,
          },
        ]),
  ];
}

/** The first Node on the PATH that cannot run the sources and hands over to the installed one. */
function olderNode(): { readonly program: string; readonly version: string } | null {
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const program = path.join(directory, "node");
    if (!existsSync(program)) continue;
    const version = /^v(\d+)/.exec(spawnSync(program, ["--version"]).stdout.toString())?.[1];
    if (version !== undefined && Number(version) < 24) return { program, version };
  }
  return null;
}

/** Each is measured beside the naive one, in turns, so that both see the same machine. */
function measure({ name, command, environment }: Start, words: readonly string[]): Figure {
  const times: number[] = [];
  const naive: number[] = [];
  run(command, words, environment);
  run([process.execPath, eagerProgram], words, environment);
  for (let round = 0; round < rounds; round += 1) {
    times.push(run(command, words, environment));
    naive.push(run([process.execPath, eagerProgram], words, environment));
  }
  return atMost({
    name: `headcount issue get, ${name} (median of ${rounds})`,
    value: median(times),
    unit: "ms",
    target: targetMs,
    baseline: median(naive),
  });
}

function run(
  command: readonly string[],
  words: readonly string[],
  environment: Environment,
): number {
  const [program = "", ...args] = command;
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(program, [...args, ...words, "--output", "json"], {
    env: { ...environment },
  });
  const ms = performance.now() - startedAt;
  if (status !== 0 || !stdout.toString().includes(words.at(-1) ?? "")) {
    throw new Error(`${command.join(" ")} ended with ${status}: ${stderr.toString()}`);
  }
  return ms;
}

function parseEnvironment(text: string): Environment {
  const pairs = text.split("\0").filter((pair) => pair.includes("="));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}
