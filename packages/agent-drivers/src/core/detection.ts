import { delimiter, isAbsolute } from "node:path";
import type { CliSpec } from "./cli-spec.ts";
import { explainProbe, type ProbeFailure } from "./explain-probe.ts";
import { findOnPath } from "./find-on-path.ts";
import { isExecutable } from "./is-executable.ts";
import { knownFolders } from "./known-folders.ts";
import { loginShellPath } from "./login-shell-path.ts";
import type { ProbeCache } from "./probe-cache.ts";
import { type DetectionProblem, repairCommand } from "./repair-command.ts";
import { runProbe } from "./run-probe.ts";
import { isOlder, parseVersion } from "./version.ts";

export type DetectionOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Replaces the time limit of a probe, in milliseconds. */
  readonly probeTimeoutMs?: number;
  /** What was said about versions a short while ago; without it every program is asked. */
  readonly cache?: ProbeCache;
};

export type Detection =
  | { readonly found: true; readonly executable: string; readonly version: string | null }
  | {
      readonly found: false;
      readonly reason: DetectionProblem;
      /** For people: what is wrong and what to do. */
      readonly message: string;
      /** The command that repairs it; null where nobody knows one. */
      readonly repair: string | null;
      readonly executable: string | null;
      readonly version: string | null;
    };

const probeTimeoutMs = 10_000;

/** Looks for a CLI on this machine and asks it for its version. Never rejects. */
export async function detectCli(spec: CliSpec, options: DetectionOptions): Promise<Detection> {
  const located = await locate(spec, options);
  if (typeof located !== "string") return located;
  // A command of which nothing is known might do its work when it is only asked for its version.
  if (spec.version.args.length === 0) return { found: true, executable: located, version: null };
  const probe = await probeVersion(spec, located, options);
  if ("reason" in probe) return failure(spec, probe, located, null);
  const version = parseVersion(probe.output);
  const { minimum } = spec.version;
  if (minimum !== null && version !== null && isOlder(version, minimum)) {
    const message = `${spec.title} ${version} is too old: ${minimum} or newer is needed.`;
    return failure(spec, { reason: "too_old", message }, located, version);
  }
  return { found: true, executable: located, version };
}

/** Setting of the daemon's environment that names a CLI's executable. */
export function pathSetting(spec: CliSpec): string {
  return `HEADCOUNT_${spec.id.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}_PATH`;
}

async function locate(spec: CliSpec, options: DetectionOptions): Promise<string | Detection> {
  const setting = pathSetting(spec);
  const explicit = options.environment[setting];
  if (explicit !== undefined && explicit !== "") {
    if (isAbsolute(explicit) && isExecutable(explicit)) return explicit;
    const message = `${setting} is ${explicit}, which is no executable file with an absolute path.`;
    return failure(spec, { reason: "not_found", message }, null, null);
  }
  for (const name of spec.bins) {
    const onPath = findOnPath(name, options.environment["PATH"] ?? "");
    if (onPath !== null) return onPath;
  }
  for (const name of spec.bins) {
    const found = await loginShellPath(name, options.environment);
    if (found !== null && isExecutable(found)) return found;
  }
  for (const name of spec.bins) {
    const known = findOnPath(name, knownFolders(spec.id, options.environment).join(delimiter));
    if (known !== null) return known;
  }
  const message = `${spec.title} was not found. Install it, or set ${setting} to its path.`;
  return failure(spec, { reason: "not_found", message }, null, null);
}

async function probeVersion(
  spec: CliSpec,
  executable: string,
  options: DetectionOptions,
): Promise<{ readonly output: string } | ProbeFailure> {
  const known = options.cache?.find(executable);
  if (known) return known;
  const timeoutMs = options.probeTimeoutMs ?? probeTimeoutMs;
  const { environment } = options;
  const result = await runProbe(executable, spec.version.args, { environment, timeoutMs });
  const { end, stdout } = result;
  const output = `${stdout}\n${result.stderr}`;
  if ((end.kind === "exited" && end.code === 0) || parseVersion(stdout) !== null) {
    options.cache?.keep(executable, { output });
    return { output };
  }
  // A busy machine: the file is the one that has answered before.
  const earlier = end.kind === "timed_out" ? options.cache?.findOld(executable) : null;
  if (earlier) return earlier;
  return explainProbe(spec, executable, { end, output });
}

function failure(
  spec: CliSpec,
  { reason, message }: { readonly reason: DetectionProblem; readonly message: string },
  executable: string | null,
  version: string | null,
): Detection {
  const repair = repairCommand(spec, reason, executable);
  return { found: false, reason, message, repair, executable, version };
}
