import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { findOnPath } from "./find-on-path.ts";
import { runProbe } from "./run-probe.ts";

const shells: ReadonlySet<string> = new Set(["bash", "zsh", "sh", "dash", "ksh"]);
const limitMs = 3_000;
const cacheMs = 30 * 60_000;

type Environment = Readonly<Record<string, string | undefined>>;
type Cached = { readonly at: number; readonly path: Promise<string | null> };

const cache = new Map<string, Cached>();

/**
 * Looks for a program on the PATH of the user's login shell, for daemons whose own PATH is short
 * because a desktop session started them. The shell is asked once for all programs: starting it is
 * most of the cost of a look. Aliases and functions do not count. Null when it is not there, the
 * shell is none we can talk to, or takes longer than 3 s.
 */
export async function loginShellPath(
  name: string,
  environment: Environment,
): Promise<string | null> {
  const path = await pathOfLoginShell(environment);
  const found = path === null ? null : findOnPath(name, path);
  return found === null ? null : canonical(found);
}

function pathOfLoginShell(environment: Environment): Promise<string | null> {
  const shell = environment["SHELL"] ?? "";
  if (!isAbsolute(shell) || !shells.has(basename(shell))) return Promise.resolve(null);
  const key = JSON.stringify([environment["PATH"], shell, environment["HOME"]]);
  const known = cache.get(key);
  if (known !== undefined && performance.now() - known.at < cacheMs) return known.path;
  const path = ask(shell, environment);
  cache.set(key, { at: performance.now(), path });
  return path;
}

const mark = "headcount-path:";

async function ask(shell: string, environment: Environment): Promise<string | null> {
  const script = `printf '\\n%s%s\\n' '${mark}' "$PATH"`;
  const { stdout } = await runProbe(shell, ["-ilc", script], { environment, timeoutMs: limitMs });
  // Profiles print greetings before, and traps farewells behind.
  const line = stdout.split("\n").findLast((text) => text.startsWith(mark));
  return line === undefined ? null : line.slice(mark.length).trim();
}

/** The folder is resolved, the name is kept: many CLIs look at how they were called. */
function canonical(path: string): string | null {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return null;
  }
}
