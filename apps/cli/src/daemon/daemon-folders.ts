import { readDaemonConfig } from "@headcount/daemon/state/daemon-config";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import type { Cli } from "../cli.ts";
import { type NamedFolder, nameFolder } from "./name-folder.ts";

/** Sizes of everything that a daemon keeps. */
export async function daemonFolders(cli: Cli, stateDirectory: string): Promise<NamedFolder[]> {
  const paths = profilePaths(stateDirectory);
  const { serverUrl } = await cli.connection();
  const { workRoot } = await readDaemonConfig(stateDirectory, {
    HEADCOUNT_SERVER_URL: serverUrl,
    ...cli.io.environment,
  });
  return [
    await nameFolder("work directories", workRoot),
    await nameFolder("repositories", paths.repositories),
    await nameFolder("outbox", paths.outbox),
    await nameFolder("journal", paths.journal),
    await nameFolder("temporary folders", paths.temporary),
    await nameFolder("logs", paths.logs),
  ];
}
