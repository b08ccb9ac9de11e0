import { setTimeout as sleep } from "node:timers/promises";
import type { Narrator, ToolStart } from "./narrator.ts";
import { runProgram } from "./run-program.ts";
import type { ProgramEnd } from "./run-program.ts";

/** One prompt to work on. */
export type Assignment = {
  readonly prompt: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Pause before each step, in milliseconds, so that a person can watch. */
  readonly paceMs: number;
  readonly signal: AbortSignal;
  readonly narrator: Narrator;
};

/** One visible step: announce it, wait a little, do it, report it, book its made-up tokens. */
export async function takeStep(
  { narrator, signal, paceMs }: Assignment,
  call: ToolStart,
  work: () => Promise<ProgramEnd>,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  await narrator.toolStarted(call);
  await sleep(paceMs, undefined, { signal });
  const end = await work();
  const output = (end.stdout === "" ? end.stderr : end.stdout).trim();
  await narrator.toolEnded({ id: call.id, output, isError: end.code !== 0 });
  await narrator.stepDone();
  signal.throwIfAborted();
  return end;
}

/** Runs a program in the work directory. */
export function runIn(
  { directory, environment, signal }: Assignment,
  command: string,
  args: readonly string[],
  input = "",
): Promise<ProgramEnd> {
  return runProgram({ command, args, directory, environment, input, signal });
}

/** How a program ended, as the rest of a sentence. */
export function endText(end: ProgramEnd): string {
  const how = end.code === null ? "" : ` with exit code ${end.code}`;
  const words = end.stderr.trim() || end.stdout.trim();
  return words === "" ? `${how}.` : `${how}: ${words}`;
}
