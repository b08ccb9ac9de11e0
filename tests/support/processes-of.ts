import { readdirSync, readFileSync } from "node:fs";

export type FoundProcess = { readonly pid: number; readonly command: string };

/**
 * Living processes that have to do with a folder: it stands in their command line or environment.
 * Linux only.
 */
export function processesOf(folder: string): readonly FoundProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid)
    .flatMap((pid) => {
      const command = readProc(pid, "cmdline");
      const isOf = [command, readProc(pid, "environ")].some((text) => text.includes(folder));
      return isOf ? [{ pid, command: command.replaceAll("\0", " ").trim() }] : [];
    });
}

/** Empty when it has ended, or is somebody else's. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
