import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export type RunningFixture = {
  readonly pid: number;
  /** What it said first. */
  readonly firstLine: string;
  /** `kill -9`, as a crash or an impatient person does it. */
  killHard(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Runs a script beside this file in a process of its own and waits for its first line. */
export async function runFixture(name: string, argument: string): Promise<RunningFixture> {
  const script = path.join(import.meta.dirname, `${name}.fixture.ts`);
  const child = spawn(process.execPath, [script, argument], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const firstLine = await readFirstLine(child);
  if (child.pid === undefined) throw new Error(`${name} has no process id`);
  const killHard = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { pid: child.pid, firstLine, killHard, [Symbol.asyncDispose]: killHard };
}

async function readFirstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the fixture's output is not piped");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the fixture ended without a word");
}
