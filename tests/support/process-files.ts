import { readdirSync, readFileSync } from "node:fs";

/** Ids of all processes of this machine. Linux only, like everything here. */
export function processIds(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** A file of a process below `/proc`; empty when it has ended, or is somebody else's. */
export function processFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

/** Program and arguments of a process, joined by blanks. */
export function commandOf(pid: number): string {
  return processFile(pid, "cmdline").replaceAll("\0", " ").trim();
}
