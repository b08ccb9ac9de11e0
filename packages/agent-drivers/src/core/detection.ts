import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { CliSpec } from "./cli-spec.ts";
import { findOnPath } from "./find-on-path.ts";
import { isExecutable } from "./is-executable.ts";
import { loginShellPath } from "./login-shell-path.ts";
import { type ProbeEnd, runProbe } from "./run-probe.ts";
import { isOlder, parseVersion } from "./version.ts";

export type DetectionOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Replaces the time limit of a probe, in milliseconds. */
  readonly probeTimeoutMs?: number;
};

export type Detection =
  | { readonly found: true; readonly executable: string; readonly version: string | null }
  | {
      readonly found: false;
      readonly reason: "not_found" | "not_runnable" | "too_old";
      /** For people: what is wrong and what to do. */
      readonly message: string;
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
  if (!probe.ran) return failure("not_runnable", probe.message, located, null);
  const version = parseVersion(probe.output);
  const { minimum } = spec.version;
  if (minimum !== null && version !== null && isOlder(version, minimum)) {
    const message = `${spec.title} ${version} is too old: ${minimum} or newer is needed.`;
    return failure("too_old", message, located, version);
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
    return failure("not_found", message, null, null);
  }
  for (const name of spec.bins) {
    const onPath = findOnPath(name, options.environment["PATH"] ?? "");
    if (onPath !== null) return onPath;
  }
  for (const name of spec.bins) {
    const found = await loginShellPath(name, options.environment);
    if (found !== null && isExecutable(found)) return found;
  }
  const inApp = spec.id === "codex" && process.platform === "darwin" ? codexApp() : null;
  if (inApp !== null) return inApp;
  const message = `${spec.title} was not found. Install it, or set ${setting} to its path.`;
  return failure("not_found", message, null, null);
}

function codexApp(): string | null {
  const inside = "Applications/Codex.app/Contents/Resources/codex";
  return [join("/", inside), join(homedir(), inside)].find((file) => isExecutable(file)) ?? null;
}

type Probe =
  | { readonly ran: true; readonly output: string }
  | { readonly ran: false; readonly message: string };

async function probeVersion(
  spec: CliSpec,
  executable: string,
  options: DetectionOptions,
): Promise<Probe> {
  const timeoutMs = options.probeTimeoutMs ?? probeTimeoutMs;
  const { environment } = options;
  const result = await runProbe(executable, spec.version.args, { environment, timeoutMs });
  const { end, stdout } = result;
  const output = `${stdout}\n${result.stderr}`;
  if ((end.kind === "exited" && end.code === 0) || parseVersion(stdout) !== null) {
    return { ran: true, output };
  }
  return { ran: false, message: probeFailure(spec, executable, end, output) };
}

function probeFailure(spec: CliSpec, executable: string, end: ProbeEnd, output: string): string {
  if (end.kind === "timed_out") return `${executable} did not state its version in time.`;
  if (
    (end.kind === "not_started" && end.code === "ENOEXEC") ||
    readAsScript(executable, output) ||
    /exec format error|native binary not installed|postinstall script was not run/i.test(output)
  ) {
    return `${executable} cannot be executed. Its install script probably did not run: reinstall ${spec.title} with install scripts allowed.`;
  }
  const fault = end.kind === "exited" ? `it ended with the code ${end.code}` : end.message;
  return `${executable} could not be run: ${output.trim().split("\n")[0] || fault}`;
}

/** A file that the system cannot execute is handed to a shell, which complains about its text. */
function readAsScript(executable: string, output: string): boolean {
  if (!output.includes(`${executable}: `)) return false;
  return readFileSync(executable).subarray(0, 2).toString("latin1") !== "#!";
}

function failure(
  reason: "not_found" | "not_runnable" | "too_old",
  message: string,
  executable: string | null,
  version: string | null,
): Detection {
  return { found: false, reason, message, executable, version };
}
