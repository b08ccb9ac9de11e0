import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The program and arguments of a running process, joined by blanks; undefined where the system does not tell. */
export function readCommandLine(pid: number): string | undefined {
  if (process.platform === "win32") return undefined;
  if (process.platform !== "linux") {
    const result = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
    });
    return result.status === 0 ? result.stdout.trim() : undefined;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}
