import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { RunOptions } from "./types.ts";

/** A file that stands for the time of one run. */
export type LentFile = {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
};

type RunFolders = Pick<RunOptions, "privateDirectory" | "workDirectory">;

/**
 * Writes the files of a run, for their owner only because servers carry secrets, and gives what
 * takes them away again. Outside of the run's private folder nothing is replaced: a file that is
 * there already belongs to the project, unless the one before it in the list is ours to the byte,
 * left behind by a run that was killed.
 * @throws when a file of the project's is in the way
 */
export function lendFiles(files: readonly LentFile[], options: RunFolders): () => void {
  const ours = new Set(ownFiles(files, options));
  for (const { path } of files) {
    if (textOf(path) !== null && !ours.has(path)) throw new FileInTheWay(path);
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
  }
  return () =>
    remove(
      files.map(({ path }) => path),
      options,
    );
}

/** Removes what a run has left that was killed, and nothing of the project's. */
export function takeBackFiles(files: readonly LentFile[], options: RunFolders): void {
  remove(ownFiles(files, options), options);
}

function ownFiles(files: readonly LentFile[], options: RunFolders): readonly string[] {
  let isOurs = false;
  return files.flatMap(({ path, text }) => {
    const isPrivate = path.startsWith(`${options.privateDirectory}/`);
    const isSame = textOf(path) === text;
    const isOwn = isPrivate || isSame || isOurs;
    isOurs = isSame;
    return isOwn ? [path] : [];
  });
}

function remove(paths: readonly string[], options: RunFolders): void {
  for (const path of paths) rmSync(path, { force: true });
  for (const path of paths) removeIfEmpty(dirname(path), options);
}

class FileInTheWay extends Error {
  constructor(path: string) {
    super(`${path} belongs to the project, and the agent has MCP servers of its own. Use one.`);
    this.name = "FileInTheWay";
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not there, which is what it should be.
    return null;
  }
}

function removeIfEmpty(folder: string, { privateDirectory, workDirectory }: RunFolders): void {
  if (folder === privateDirectory || folder === workDirectory) return;
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it, or it has gone with the file before.
  }
}
