import { makeLog } from "@headcount/daemon/log";
import { redactorOfMachine } from "@headcount/daemon/runs/run-secrets";
import { startDaemon } from "@headcount/daemon/start-daemon";
import { readDaemonConfig } from "@headcount/daemon/state/daemon-config";
import type { Cli } from "../cli.ts";
import { CliError } from "../errors/cli-error.ts";
import type { Profile } from "../settings/profile.ts";

/** Runs the daemon in this process until it is asked to stop. */
export async function runInForeground(
  cli: Cli,
  profile: Profile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const daemon = await start(cli, profile, environment);
  const stop = (): void => void daemon.stop("interrupted");
  if (cli.io.signal.aborted) stop();
  else cli.io.signal.addEventListener("abort", stop, { once: true });
  await daemon.ended;
}

async function start(
  cli: Cli,
  profile: Profile,
  environment: Readonly<Record<string, string | undefined>>,
): ReturnType<typeof startDaemon> {
  try {
    const config = await readDaemonConfig(profile.paths.root, environment);
    return await startDaemon(
      config,
      makeLog((line) => cli.io.stderr.write(line), redactorOfMachine(environment).redact),
    );
  } catch (cause) {
    // Everything that keeps a daemon from starting is told in a sentence of its own.
    const message = cause instanceof Error ? cause.message : "The daemon could not start.";
    throw new CliError(message, { nextStep: "See `headcount doctor`.", cause });
  }
}
