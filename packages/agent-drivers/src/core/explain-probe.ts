import { readFileSync } from "node:fs";
import type { CliSpec } from "./cli-spec.ts";
import type { ProbeEnd } from "./run-probe.ts";

export type ProbeFailure = {
  readonly reason: "not_runnable" | "install_incomplete" | "no_answer";
  /** For people: what is wrong. */
  readonly message: string;
};

/**
 * What the launchers of npm packages say when only they were installed, because npm was told not to
 * run install scripts or not to install the package of the platform.
 */
const launcherOnly =
  /exec format error|native binary not installed|postinstall script was not run|missing optional dependency/i;

/** Says why a program did not state its version. */
export function explainProbe(
  spec: CliSpec,
  executable: string,
  { end, output }: { readonly end: ProbeEnd; readonly output: string },
): ProbeFailure {
  if (end.kind === "timed_out") {
    const message = `${executable} did not state its version in time.`;
    return { reason: "no_answer", message };
  }
  const isUnknownFormat = end.kind === "not_started" && end.code === "ENOEXEC";
  if (isUnknownFormat || readAsScript(executable, output) || launcherOnly.test(output)) {
    const message = `${executable} cannot be executed. Its install script probably did not run: reinstall ${spec.title} with install scripts allowed.`;
    return { reason: "install_incomplete", message };
  }
  const fault = end.kind === "exited" ? `it ended with the code ${end.code}` : end.message;
  const said = output.trim().split("\n")[0] || fault;
  return { reason: "not_runnable", message: `${executable} could not be run: ${said}` };
}

/** A file that the system cannot execute is handed to a shell, which complains about its text. */
function readAsScript(executable: string, output: string): boolean {
  if (!output.includes(`${executable}: `)) return false;
  return readFileSync(executable).subarray(0, 2).toString("latin1") !== "#!";
}
