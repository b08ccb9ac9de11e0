import { access, constants, lstat } from "node:fs/promises";
import path from "node:path";
import { RunFailure } from "../runs/run-ending.ts";
import { displayPath } from "../runs/run-directories.ts";
import { personGit } from "./person-repository.ts";

/** What is carried over from a person's working tree, at most. */
export const mostFiles = 2_000;
export const mostBytes = 200 * 1024 * 1024;

/** Names of files, byte for byte in latin1: a name need not be UTF-8. */
export type PersonChanges = {
  /** Changed, deleted, untracked or in conflict, relative to the top folder. */
  readonly paths: readonly string[];
  /** Left where they are: repositories inside of this one, and files that cannot be read. */
  readonly leftOut: readonly string[];
};

/**
 * What a person has not committed in a working tree. Ignored files are not in it.
 *
 * @throws RunFailure `directory_error` when it is more than a run may take along
 */
export async function listPersonChanges(top: string, signal?: AbortSignal): Promise<PersonChanges> {
  const how = ["--porcelain=v2", "-z", "--untracked-files=all", "--no-renames"];
  const output = await personGit(top, ["status", ...how, "--ignore-submodules=dirty"], {
    signal,
    encoding: "latin1",
  });
  const all = output.split("\0").flatMap(pathOfEntry);
  if (all.length > mostFiles) throw await tooMuch(top, `${all.length} files`);
  const paths: string[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  for (const name of all) {
    const file = await lookAt(top, name);
    if (file === null) leftOut.push(name);
    else paths.push(name);
    bytes += file ?? 0;
  }
  if (bytes > mostBytes) throw await tooMuch(top, `${Math.round(bytes / 1024 / 1024)} MiB`);
  return { paths, leftOut };
}

/** Fields before the path, by the first letter of a line: git-status(1), porcelain format 2. */
const fieldsBefore: Readonly<Record<string, number>> = { "1": 8, u: 10, "?": 1 };

function pathOfEntry(entry: string): readonly string[] {
  const fields = fieldsBefore[entry.slice(0, 1)];
  if (fields === undefined) return [];
  return [entry.split(" ").slice(fields).join(" ")];
}

/** Bytes of a file; null for what cannot be taken along. */
async function lookAt(top: string, name: string): Promise<number | null> {
  // Git names a folder only where it does not look inside: a repository of its own.
  if (name.endsWith("/")) return null;
  const file = Buffer.concat([Buffer.from(`${top}${path.sep}`), Buffer.from(name, "latin1")]);
  try {
    const stats = await lstat(file);
    if (!stats.isFile()) return 0;
    await access(file, constants.R_OK);
    return stats.size;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    // It was deleted, which is carried over as well.
    if (code === "ENOENT" || code === "ENOTDIR") return 0;
    if (code === "EACCES") return null;
    throw error;
  }
}

async function tooMuch(top: string, found: string): Promise<RunFailure> {
  const limits = `${mostFiles} files and ${mostBytes / 1024 / 1024} MiB`;
  const sentence = `${found} in ${await displayPath(top)} are not committed; at most ${limits} are carried over. Commit or ignore some of them.`;
  return new RunFailure("directory_error", sentence);
}
