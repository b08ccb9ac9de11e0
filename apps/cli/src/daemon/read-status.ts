import { readDaemonStatus } from "@headcount/daemon/control/control-client";
import type { DaemonStatus } from "@headcount/daemon/control/control-protocol";
import { CliError, exitCodes } from "../errors/cli-error.ts";

/**
 * What the daemon of a state directory says about itself; null when none answers.
 *
 * @throws CliError exit 6 when the one that answers is not the directory's own
 */
export async function readStatus(stateDirectory: string): Promise<DaemonStatus | null> {
  try {
    return await readDaemonStatus(stateDirectory);
  } catch (cause) {
    // Whatever is wrong with the answer, this daemon must be neither believed nor commanded.
    throw new CliError("What answers at this profile's socket is not its own daemon.", {
      exitCode: exitCodes.conflict,
      nextStep: "Look at the running daemons of the other profiles, or restart this one.",
      cause,
    });
  }
}
