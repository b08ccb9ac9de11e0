import { copyFile, stat, utimes } from "node:fs/promises";

/**
 * Copies an index of git together with its time. Git compares a file's content only when the file
 * may have been written after the index: a copy that looks newer would hide a change of the same
 * size in the same second.
 *
 * @throws Error with `code` ENOENT when there is no index
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from);
  await copyFile(from, to);
  await utimes(to, atime, mtime);
}
