import type { DaemonId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";
import { findOne } from "../find/find-one.ts";
import { findStateDirectory } from "../daemon/find-state-directory.ts";

export type FoundMachine = { readonly id: DaemonId; readonly name: string };

/**
 * A machine of the workspace by its name or the id of its daemon; without either the one that this
 * command runs on.
 *
 * @throws CliError exit 4 when there is none
 */
export async function findMachine(cli: Cli, wanted: string | undefined): Promise<FoundMachine> {
  const { items } = await cli.call("runtimes.list", { workspace: await cli.workspace() });
  const names = new Map(items.map(({ daemonId, machineName }) => [daemonId, machineName]));
  const machines = [...names].map(([id, name]) => ({ id, name }));
  if (wanted !== undefined) return findOne(machines, wanted, "machine");
  const own = await ownDaemonId(cli);
  const found = machines.find(({ id }) => id === own);
  if (found) return found;
  throw new CliError("This machine serves no runtime of the workspace.", {
    exitCode: exitCodes.notFound,
    nextStep: "Name one with --machine; `headcount runtime list` shows them.",
  });
}

/** Null where no daemon was ever started. */
async function ownDaemonId(cli: Cli): Promise<string | null> {
  const [{ readFileIfThere }, { profilePaths }] = await Promise.all([
    import("@headcount/daemon/state/atomic-file"),
    import("@headcount/daemon/state/profile-paths"),
  ]);
  const state = await findStateDirectory(cli, undefined);
  const id = await readFileIfThere(profilePaths(state).daemonId);
  return id?.trim() ?? null;
}
