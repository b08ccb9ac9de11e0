import { access, constants, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { isMissing } from "../state/atomic-file.ts";
import { RunFailure } from "../runs/run-ending.ts";
import { displayPath } from "../runs/run-directories.ts";

/** Folders of the operating system: nothing that people work on lies directly in them. */
const systemFolders: readonly string[] = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/run",
  "/sbin",
  "/sys",
  "/usr",
  "/var/lib",
  "/var/run",
  "/System",
  "/Library",
  "/Applications",
];

/** Folders that hold other people's and programs' folders; what lies in them may be worked on. */
const sharedRoots: readonly string[] = ["/", "/home", "/Users", "/mnt", "/media", "/opt", "/root"];
const moreSharedRoots: readonly string[] = ["/srv", "/tmp", "/private/tmp", "/var", "/Volumes"];

/**
 * The folder that a path of a project leads to in the end, if tasks may run there.
 *
 * @param own folders of the daemon, in which tasks of other people have their files
 * @returns its canonical path: two names of one folder give the same
 * @throws RunFailure `directory_error` with a sentence for people
 */
export async function checkDirectory(wanted: string, own: readonly string[]): Promise<string> {
  const shown = await displayPath(wanted);
  await refuseSpecial(path.resolve(wanted), shown, own);
  const canonical = await resolved(wanted, shown);
  await refuseSpecial(canonical, shown, own);
  return canonical;
}

async function resolved(wanted: string, shown: string): Promise<string> {
  try {
    const canonical = await realpath(wanted);
    if (!(await stat(canonical)).isDirectory()) throw refused(`${shown} is not a directory.`);
    await access(canonical, constants.R_OK | constants.W_OK | constants.X_OK);
    return canonical;
  } catch (error) {
    if (error instanceof RunFailure) throw error;
    if (isMissing(error)) throw refused(`There is no directory ${shown} on this machine.`);
    throw refused(`${shown} cannot be read and written by the daemon of this machine.`);
  }
}

async function refuseSpecial(
  directory: string,
  shown: string,
  own: readonly string[],
): Promise<void> {
  const home = homedir();
  for (const one of [home, await realpath(home).catch(() => home)]) {
    if (isInside(one, directory)) {
      throw refused(`${shown} is a home directory or holds one; name a directory in it.`);
    }
  }
  const isShared = [...sharedRoots, ...moreSharedRoots].includes(directory);
  if (isShared || systemFolders.some((folder) => isInside(directory, folder))) {
    throw refused(`${shown} belongs to the operating system; name a directory of your own.`);
  }
  for (const folder of own) {
    const real = await realpath(folder).catch(() => folder);
    if (isInside(directory, real) || isInside(real, directory)) {
      throw refused(`${shown} holds files of Headcount itself; name another directory.`);
    }
  }
}

/** Whether a path is a folder or something below it. */
export function isInside(inner: string, folder: string): boolean {
  const relative = path.relative(folder, inner);
  return relative === "" || (!relative.startsWith(`..${path.sep}`) && relative !== "..");
}

const refused = (sentence: string): RunFailure => new RunFailure("directory_error", sentence);
