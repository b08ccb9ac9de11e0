import { readFileSync } from "node:fs";
import { listProcesses, type ProcessEntry } from "../core/process-tree.ts";

/** Living processes with this text in their command line, which no scrubbed environment hides. */
export function namedProcesses(name: string): readonly ProcessEntry[] {
  return listProcesses().filter((entry) => commandLineOf(entry.pid).includes(name));
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // Gone meanwhile.
    return "";
  }
}
