import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CliSpec } from "./cli-spec.ts";

/** Why a program cannot be used, as far as there is something to do about it. */
export type DetectionProblem =
  | "not_found"
  | "not_runnable"
  | "too_old"
  | "install_incomplete"
  /** It is there and was not done in time: a busy machine, as a rule. */
  | "no_answer";

/**
 * The command that brings a program into a working state; null where nobody knows one. Paths in it
 * can be pasted into a shell.
 */
export function repairCommand(
  spec: CliSpec,
  problem: DetectionProblem,
  executable: string | null,
): string | null {
  const { npmPackage = null, installScript = null } = spec.setup ?? {};
  if (npmPackage === null || problem === "no_answer") return null;
  if (problem === "install_incomplete" && installScript !== null && executable !== null) {
    const root = packageRoot(executable, npmPackage);
    if (root !== null && existsSync(join(root, installScript))) {
      return `cd ${quoted(root)} && node ${installScript}`;
    }
  }
  if (problem === "not_found") return `npm install -g ${npmPackage}`;
  return `npm install -g ${npmPackage}@latest`;
}

/** Folder of the package that a program on PATH belongs to. */
function packageRoot(executable: string, npmPackage: string): string | null {
  let folder = dirname(resolved(executable));
  for (let parent = dirname(folder); parent !== folder; parent = dirname(folder)) {
    if (nameOfPackage(join(folder, "package.json")) === npmPackage) return folder;
    folder = parent;
  }
  return null;
}

function resolved(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // Gone since it was found.
    return file;
  }
}

function nameOfPackage(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { readonly name?: unknown }).name;
  } catch {
    // Most folders on the way up are no package.
    return null;
  }
}

/** Keeps `~` working at the front, which quotes would not. */
const quoted = (path: string): string => path.replaceAll(/[^\w@%+=:,./~-]/g, String.raw`\$&`);
