import { type ChildProcess, spawn } from "node:child_process";
import { waitFor } from "@headcount/testkit/wait-for";

export type StartedProcess = {
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or null after a signal. */
  readonly exited: Promise<number | null>;
  /** Waits until what it wrote matches. */
  says(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray>;
};

/** Starts a program of the product as a child of the test, in a group of its own. */
export function startProcess(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): StartedProcess {
  const [program = "", ...args] = command;
  const child: ChildProcess = spawn(program, args, {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let text = "";
  const collect = (chunk: Buffer): void => {
    text += chunk.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => resolve(code)),
  );
  return {
    pid: child.pid ?? -1,
    output: () => text,
    kill: (signal) => {
      child.kill(signal);
    },
    exited,
    async says(pattern, timeoutMs = 60_000) {
      const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
      await waitFor(() => pattern.test(text) || hasEnded(), {
        describe: () => `output that matches ${pattern}; so far it said:\n${text}`,
        timeoutMs,
      });
      const match = pattern.exec(text);
      if (!match) throw new Error(`The process ended before it said ${pattern}:\n${text}`);
      return match;
    },
  };
}
