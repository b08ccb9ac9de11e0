import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { temporaryDirectory } from "../temporary-directory.ts";
import { type InstallRecord, readInstallRecord, writeInstallRecord } from "./install-record.ts";
import type { RealCli, RealCliName } from "./real-cli.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

const INSTALL_TIMEOUT_MS = 10 * 60_000;
const SCRIPT_TIMEOUT_MS = 60_000;
const QUOTED_CHARACTERS = 600;

export type InstallTarget = {
  readonly name: RealCliName;
  readonly cli: RealCli;
  readonly version: string;
  readonly cache: string;
};

export type InstallOutcome =
  | { readonly folder: string; readonly record: InstallRecord }
  | { readonly failure: string };

/** The folder that one version of a CLI is installed in. */
export function installFolder({ cache, name, version }: Omit<InstallTarget, "cli">): string {
  return join(cache, `${name}@${version}`);
}

/** Puts the folder of the Node that runs this first on PATH: the CLIs want a new one. */
export function withOwnNodeFirst(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), environment["PATH"] ?? ""].join(delimiter);
  return { ...environment, PATH: path };
}

/**
 * Installs one exact version beside the cache, tries it, and moves it into place as a whole: what
 * is in place is complete, whoever else installs the same at the same time.
 */
export async function installVersion(target: InstallTarget): Promise<InstallOutcome> {
  const { cache, name, cli, version } = target;
  await using staging = await temporaryDirectory({ parent: cache, prefix: `.installing-${name}` });
  const made = join(staging.path, "made");
  await mkdir(made);
  await writeFile(join(made, "package.json"), '{ "private": true }\n');
  const env = withOwnNodeFirst();
  const npm = await runProgram("npm", npmArguments(made, `${cli.packageName}@${version}`), {
    cwd: made,
    env,
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  if (npm.exitCode !== 0) return { failure: `npm install failed: ${whatItSaid(npm)}` };

  const packageFolder = join(made, "node_modules", ...cli.packageName.split("/"));
  if (cli.installScript !== undefined) {
    const script = join(packageFolder, cli.installScript);
    const options = { cwd: packageFolder, env, timeoutMs: SCRIPT_TIMEOUT_MS };
    const run = await runProgram(process.execPath, [script], options);
    if (run.exitCode !== 0) return { failure: `${cli.installScript} failed: ${whatItSaid(run)}` };
  }
  const record = await tryOut(made, packageFolder, cli);
  if ("failure" in record) return record;
  await writeInstallRecord(made, record);
  return moveIntoPlace(made, installFolder(target), record);
}

/**
 * Install scripts are left out here and run one by one: which npm lets them run depends on its
 * version, and most packages in a tree do not need theirs.
 */
function npmArguments(folder: string, specifier: string): readonly string[] {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const retries = ["--fetch-retries=1", "--fetch-retry-mintimeout=2000"];
  const shape = ["--prefix", folder, "--no-package-lock", "--ignore-scripts", "--include=optional"];
  return ["install", ...shape, ...quiet, ...retries, specifier];
}

/** Asks the CLI for its version, in a home of its own: some write there on their first start. */
async function tryOut(
  made: string,
  packageFolder: string,
  cli: RealCli,
): Promise<InstallRecord | { readonly failure: string }> {
  await using home = await temporaryDirectory({ prefix: "agent-cli-home" });
  const executable = join("node_modules", ".bin", cli.command);
  const env = { ...withOwnNodeFirst(), HOME: home.path };
  const options = { cwd: home.path, env, timeoutMs: SCRIPT_TIMEOUT_MS };
  const run = await runProgram(join(made, executable), ["--version"], options);
  if (run.exitCode !== 0) return { failure: `${cli.command} --version failed: ${whatItSaid(run)}` };
  const manifest = await readFile(join(packageFolder, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const versionLine = run.stdout.trim();
  return { packageName: cli.packageName, version, versionLine, executable };
}

async function moveIntoPlace(
  made: string,
  folder: string,
  record: InstallRecord,
): Promise<InstallOutcome> {
  const there = await readInstallRecord(folder);
  if (there !== undefined) return { folder, record: there };
  await rm(folder, { recursive: true, force: true });
  await rename(made, folder);
  return { folder, record };
}

function whatItSaid(run: ProgramRun): string {
  const said = [run.problem, run.stderr.trim(), run.stdout.trim()].filter(Boolean).join("\n");
  return said.slice(0, QUOTED_CHARACTERS);
}
