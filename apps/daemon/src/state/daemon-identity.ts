import type { DaemonCapability, DaemonIdentity } from "@headcount/contract/daemon/schemas";
import { productVersion } from "@headcount/contract/version";
import { readOrMakeDaemonId } from "./daemon-id.ts";
import { readOrMakeMachineId } from "./machine-id.ts";
import type { ProfilePaths } from "./profile-paths.ts";

const capabilities: readonly DaemonCapability[] = [
  "worktree",
  "local_directory",
  "directory_check",
  "resume",
  "redaction",
  "reconcile",
];

/** How the daemon of a profile introduces itself to servers. */
export async function readDaemonIdentity(options: {
  readonly paths: Pick<ProfilePaths, "daemonId">;
  readonly deviceName: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<DaemonIdentity> {
  const machineId = await readOrMakeMachineId(options.environment);
  return {
    daemonId: await readOrMakeDaemonId(options.paths.daemonId),
    ...(machineId === null ? {} : { machineId }),
    deviceName: options.deviceName,
    version: productVersion,
    platform: `${process.platform}-${process.arch}`,
    capabilities: [...capabilities],
  };
}
