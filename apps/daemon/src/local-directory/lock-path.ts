import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import {
  acquireDirectoryLock,
  type DirectoryLock,
} from "@headcount/embedded-postgres/directory-lock";
import { DirectoryLockedError } from "@headcount/embedded-postgres/directory-locked-error";

/**
 * Keeps every other daemon of this user from working in a folder, also those of other profiles. The
 * lock lies outside of the folder and ends with the process, however that ends.
 *
 * @param directory canonical path
 * @returns null while another process has it
 */
export async function tryLockPath(directory: string): Promise<DirectoryLock | null> {
  const name = createHash("sha256").update(directory).digest("hex").slice(0, 24);
  const folder = path.join(tmpdir(), `hc-directories-${userInfo().uid}`, name);
  try {
    return await acquireDirectoryLock(folder, { role: "Headcount daemon" });
  } catch (error) {
    if (error instanceof DirectoryLockedError) return null;
    throw error;
  }
}
