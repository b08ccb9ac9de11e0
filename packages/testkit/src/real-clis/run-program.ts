import { execFile } from "node:child_process";

export type ProgramRun = {
  /** Exit code; null when the program could not be started, was killed or took too long. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit code. */
  readonly problem?: string;
};

export type ProgramOptions = {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The program is killed when it takes longer. */
  readonly timeoutMs: number;
};

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs a program to its end with nothing on stdin. Never throws: a failure is a result. */
export function runProgram(
  executable: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramRun> {
  const { cwd, env, timeoutMs } = options;
  const limits = {
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    maxBuffer: MAX_OUTPUT_BYTES,
  } as const;
  return new Promise((resolve) => {
    const child = execFile(executable, args, { cwd, env, ...limits }, (error, stdout, stderr) => {
      if (error === null) return resolve({ exitCode: 0, stdout, stderr });
      if (typeof error.code === "number") {
        return resolve({ exitCode: error.code, stdout, stderr });
      }
      const problem = error.killed ? `still running after ${timeoutMs} ms` : error.message;
      resolve({ exitCode: null, stdout, stderr, problem });
    });
    child.stdin?.end();
  });
}
