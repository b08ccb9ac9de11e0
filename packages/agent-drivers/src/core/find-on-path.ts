import { delimiter, isAbsolute, join } from "node:path";
import { isExecutable } from "./is-executable.ts";

/** First executable of that name on a PATH. */
export function findOnPath(name: string, path: string): string | null {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const directory of path.split(delimiter).filter((entry) => isAbsolute(entry))) {
    for (const suffix of suffixes) {
      const candidate = join(directory, `${name}${suffix}`);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return null;
}
