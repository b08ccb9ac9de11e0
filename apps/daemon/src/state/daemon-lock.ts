import {
  acquireDirectoryLock,
  type DirectoryLock,
} from "@headcount/embedded-postgres/directory-lock";
import { DirectoryLockedError } from "@headcount/embedded-postgres/directory-locked-error";

/** Another daemon of the same profile lives. */
export class DaemonRunningError extends Error {
  readonly pid: number | null;

  constructor(pid: number | null) {
    super(
      pid === null
        ? "A daemon of this profile is already running."
        : `A daemon of this profile is already running as process ${pid}.`,
    );
    this.name = "DaemonRunningError";
    this.pid = pid;
  }
}

/**
 * Makes this process the only daemon of its profile until it ends, however it ends.
 *
 * @throws DaemonRunningError while another one lives
 */
export async function lockProfile(lockDirectory: string): Promise<DirectoryLock> {
  try {
    return await acquireDirectoryLock(lockDirectory, { role: "Headcount daemon" });
  } catch (error) {
    if (error instanceof DirectoryLockedError) throw new DaemonRunningError(error.pid ?? null);
    throw error;
  }
}
