import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAgentProcess } from "../core/agent-process.ts";
import type { RunCommand } from "../core/run-command.ts";

/** One line of a list of models is short; what is longer is something else. */
const longestLineBytes = 4 * 1024 * 1024;

export type TalkOptions = {
  readonly command: RunCommand;
  readonly directory: string;
  readonly marker: string;
  readonly timeoutMs: number;
};

export type Talk = {
  readonly send: (line: string) => void;
  /** Every line of the program goes here from now on. */
  readonly listen: (onLine: (line: string) => void) => void;
};

/**
 * Starts a program, talks with it and ends it with everything that it has started, whatever came of
 * the talk.
 *
 * @throws Error with one sentence when it cannot be started, ends first, or takes too long
 */
export async function talkWithProgram<T>(
  options: TalkOptions,
  talk: (program: Talk) => Promise<T>,
): Promise<T> {
  const broken = Promise.withResolvers<never>();
  let onLine: (line: string) => void = () => {};
  const program = startAgentProcess({
    command: options.command.command,
    arguments: options.command.arguments,
    directory: options.directory,
    environment: options.command.environment,
    marker: options.marker,
    maximumLineBytes: longestLineBytes,
    onLine: (line) => onLine(line),
    onFailure: (message) => broken.reject(new Error(message)),
  });
  void program.ended.then(({ code }) => {
    const said = program.stderrTail().split("\n").at(-1) ?? "";
    broken.reject(new Error(`It ended with ${code ?? "a signal"} before it answered. ${said}`));
  });
  const timer = setTimeout(() => {
    broken.reject(new Error(`It did not answer within ${options.timeoutMs / 1_000} seconds.`));
  }, options.timeoutMs);
  try {
    const listen = (listener: (line: string) => void): void => {
      onLine = listener;
    };
    return await Promise.race([talk({ send: program.send, listen }), broken.promise]);
  } finally {
    clearTimeout(timer);
    // Nobody waits for it any more: the answer is there or will never be.
    broken.promise.catch(() => undefined);
    await program.stop();
    await program.ended;
  }
}

/** Runs in an empty folder of its own, which is gone afterwards. */
export async function inEmptyFolder<T>(run: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "headcount-inspection-"));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
