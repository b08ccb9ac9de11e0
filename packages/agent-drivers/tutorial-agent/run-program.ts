import { spawn } from "node:child_process";

export type ProgramCall = {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Text for standard input. */
  readonly input?: string;
  readonly signal: AbortSignal;
};

export type ProgramEnd = {
  /** Null when the program could not be started or was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs a program to its end. Rejects only when `signal` aborts it. */
export async function runProgram(call: ProgramCall): Promise<ProgramEnd> {
  const child = spawn(call.command, call.args, {
    cwd: call.directory,
    env: { ...call.environment },
    signal: call.signal,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // A program that does not read its input shows that by its exit code.
  child.stdin.on("error", () => undefined);
  child.stdin.end(call.input ?? "");
  const { promise, resolve, reject } = Promise.withResolvers<ProgramEnd>();
  child.on("error", (error) => {
    if (call.signal.aborted) reject(error);
    else resolve({ code: null, stdout, stderr: `${stderr}${error.message}` });
  });
  child.on("close", (code) => resolve({ code, stdout, stderr }));
  return promise;
}
