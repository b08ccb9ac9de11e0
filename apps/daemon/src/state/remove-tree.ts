import { chmod, lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Removes a folder, or whatever else is there, with everything in it. Tools of agents leave folders
 * that may not be written to, such as Go's module cache; only root could empty those as they are.
 *
 * @throws the system's error for what belongs to somebody else
 */
export async function removeTree(directory: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 } as const;
  try {
    await rm(directory, options);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await makeWritable(directory);
    await rm(directory, options);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(EACCES|EPERM)$/.test(String(error.code));
}

/** Follows no links: what they lead to is not ours. */
async function makeWritable(directory: string): Promise<void> {
  if (!(await lstat(directory)).isDirectory()) return;
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(directory, entry.name));
  }
}
