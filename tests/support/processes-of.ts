import { commandOf, processFile, processIds } from "./process-files.ts";

export type FoundProcess = { readonly pid: number; readonly command: string };

/**
 * Living processes that have to do with a folder: it stands in their command line or environment.
 * Linux only.
 */
export function processesOf(folder: string): readonly FoundProcess[] {
  return processIds()
    .filter((pid) => pid !== process.pid)
    .map((pid) => ({ pid, command: commandOf(pid) }))
    .filter(({ pid, command }) =>
      [command, processFile(pid, "environ")].some((text) => text.includes(folder)),
    );
}
