import { readStatus } from "./read-status.ts";
import type { DaemonStatus } from "@headcount/daemon/control/control-protocol";
import { CliError } from "../errors/cli-error.ts";

/** @throws CliError when no daemon answers */
export async function requireStatus(stateDirectory: string): Promise<DaemonStatus> {
  const status = await readStatus(stateDirectory);
  if (status) return status;
  throw new CliError("No daemon runs on this machine.", {
    nextStep: "Start it with `headcount daemon start`.",
  });
}
