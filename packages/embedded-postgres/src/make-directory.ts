import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/**
 * Makes the folder and whatever is missing above it, for this user only.
 *
 * Node's own recursive `mkdir` (24.21, Linux) never ends where the system answers ENOENT although the parent
 * exists, as it does below `/proc`: it makes the parent, then the folder, and so on.
 *
 * @throws the system's error
 */
export function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  const parent = path.dirname(directory);
  if (parent !== directory) makeDirectory(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!isThere) throw error;
  }
}
