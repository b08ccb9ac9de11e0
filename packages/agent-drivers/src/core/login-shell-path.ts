import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { runProbe } from "./run-probe.ts";

const shells: ReadonlySet<string> = new Set(["bash", "zsh", "sh", "dash", "ksh"]);
const limitMs = 3_000;
const cacheMs = 30 * 60_000;

type Environment = Readonly<Record<string, string | undefined>>;
type Cached = { readonly at: number; readonly path: Promise<string | null> };

const cache = new Map<string, Cached>();

/**
 * Asks the user's login shell where a program is, for daemons whose own PATH is short because a
 * desktop session started them. Aliases and functions of the name do not count. Null when the
 * shell does not know it, is none we can talk to, or takes longer than 3 s.
 */
export function loginShellPath(name: string, environment: Environment): Promise<string | null> {
  const shell = environment["SHELL"] ?? "";
  if (!isAbsolute(shell) || !shells.has(basename(shell))) return Promise.resolve(null);
  const key = JSON.stringify([name, environment["PATH"], shell, environment["HOME"]]);
  const known = cache.get(key);
  if (known !== undefined && performance.now() - known.at < cacheMs) return known.path;
  const path = ask(shell, name, environment);
  cache.set(key, { at: performance.now(), path });
  return path;
}

async function ask(shell: string, name: string, environment: Environment): Promise<string | null> {
  if (!/^[\w.-]+$/.test(name)) return null;
  const script = `unalias ${name} 2>/dev/null; unset -f ${name} 2>/dev/null; command -v ${name}`;
  const { stdout } = await runProbe(shell, ["-ilc", script], { environment, timeoutMs: limitMs });
  return canonical(stdout.trim().split("\n").at(-1) ?? "");
}

/** The folder is resolved, the name is kept: many CLIs look at how they were called. */
function canonical(path: string): string | null {
  if (!isAbsolute(path)) return null;
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return null;
  }
}
