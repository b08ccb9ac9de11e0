import { execFile } from "node:child_process";
import { access, constants, mkdir, statfs } from "node:fs/promises";
import { promisify } from "node:util";
import type { DaemonStatus } from "@headcount/daemon/control/control-protocol";
import { readDaemonConfig } from "@headcount/daemon/state/daemon-config";
import type { Cli } from "../cli.ts";
import { findStateDirectory } from "../daemon/find-state-directory.ts";
import { probeClis } from "../daemon/probe-clis.ts";
import { formatBytes } from "../output/format-bytes.ts";
import type { Checks } from "./checks.ts";

export type MachineQuestion = {
  readonly dataDir: string | undefined;
  readonly status: DaemonStatus | null;
};

/** Agent CLIs, git and the place where agents work. */
export async function checkMachine(
  cli: Cli,
  question: MachineQuestion,
  checks: Checks,
): Promise<void> {
  const stateDirectory = await findStateDirectory(cli, question.dataDir);
  await checkClis(cli, { stateDirectory, status: question.status }, checks);
  await checkGit(checks);
  await checkWorkRoot(cli, stateDirectory, checks);
}

/** The daemon's own word counts, because agents run in its environment and not in this shell's. */
async function checkClis(
  cli: Cli,
  question: { readonly stateDirectory: string; readonly status: DaemonStatus | null },
  checks: Checks,
): Promise<void> {
  const found =
    question.status?.clis ??
    (await probeClis({
      stateDirectory: question.stateDirectory,
      environment: cli.io.environment,
      depth: "versions",
    }));
  for (const one of found) {
    const name = `agent ${one.cli}`;
    const version = one.version ?? "of unknown version";
    if (one.problem === null) checks.pass(name, `${one.title} ${version}`);
    else checks.fail(name, `${one.title}: ${one.problem}`, one.repairHint ?? "Install it again.");
  }
  if (found.every((one) => one.cli === "tutorial")) {
    const help = "install one, such as Claude Code or Codex, and it is found within two minutes";
    checks.pass("agent CLIs", `none but the tutorial agent was found; ${help}`);
  }
}

async function checkGit(checks: Checks): Promise<void> {
  try {
    const { stdout } = await promisify(execFile)("git", ["--version"], { timeout: 10_000 });
    checks.pass("git", stdout.trim());
  } catch {
    checks.fail(
      "git",
      "git was not found or does not run",
      "Install git; projects with a repository need it.",
    );
  }
}

async function checkWorkRoot(cli: Cli, stateDirectory: string, checks: Checks): Promise<void> {
  const { serverUrl } = await cli.connection();
  const config = await readDaemonConfig(stateDirectory, {
    HEADCOUNT_SERVER_URL: serverUrl,
    ...cli.io.environment,
  });
  const { workRoot, minimumFreeBytes } = config;
  try {
    await mkdir(workRoot, { recursive: true, mode: 0o700 });
    await access(workRoot, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(workRoot);
    const free = bavail * bsize;
    if (free >= minimumFreeBytes) {
      return checks.pass("work root", `${workRoot}, ${formatBytes(free)} free`);
    }
    const detail = `${workRoot} has only ${formatBytes(free)} left`;
    checks.fail("work root", detail, "Free space, or choose another with `config set work_root`.");
  } catch (error) {
    const what = error instanceof Error && "code" in error ? String(error.code) : "error";
    checks.fail(
      "work root",
      `${workRoot} cannot be written (${what})`,
      "Change its permissions, or choose another with `headcount config set work_root`.",
    );
  }
}
