import { readDaemonConfig } from "@headcount/daemon/state/daemon-config";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import type { Cli } from "../cli.ts";
import { type FolderSize, measureFolder } from "./measure-folder.ts";

/** Sizes of everything that a daemon keeps. */
export async function daemonFolders(cli: Cli, stateDirectory: string): Promise<FolderSize[]> {
  const paths = profilePaths(stateDirectory);
  const { serverUrl } = await cli.connection();
  const { workRoot } = await readDaemonConfig(stateDirectory, {
    HEADCOUNT_SERVER_URL: serverUrl,
    ...cli.io.environment,
  });
  return [
    await measureFolder("work directories", workRoot),
    await measureFolder("repositories", paths.repositories),
    await measureFolder("outbox", paths.outbox),
    await measureFolder("journal", paths.journal),
    await measureFolder("logs", paths.logs),
  ];
}
