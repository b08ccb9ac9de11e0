import { spawn } from "node:child_process";
import { createLineReader } from "./line-reader.ts";
import { identifyProcess, type ProcessEntry, type ProcessIdentity } from "./process-tree.ts";
import { createStderrTail } from "./stderr-tail.ts";
import { stopTree, treeMembers } from "./stop-tree.ts";

export type ProcessExit = { readonly code: number | null; readonly signal: string | null };

export type AgentProcessOptions = {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** Complete environment, marker included. */
  readonly environment: Readonly<Record<string, string>>;
  readonly marker: string;
  readonly onLine: (line: string) => void;
  /** Reading or starting failed for good; the process is being ended. */
  readonly onFailure: (message: string) => void;
  readonly maximumLineBytes?: number;
  /** How long pipes may stay open after the leader exited. */
  readonly pipeGraceMs?: number;
};

export type AgentProcess = {
  readonly identity: ProcessIdentity | null;
  /** Writes one line; what cannot be written is dropped and shows as `writeError`. */
  send(line: string): void;
  closeInput(): void;
  stderrTail(): string;
  writeError(): string | null;
  /**
   * Ends the whole tree; resolves when it is gone. `ask` gets the chance to end the turn through
   * the protocol first, and everything that lives at that moment is remembered.
   */
  stop(ask?: () => Promise<void>): Promise<void>;
  /**
   * Remembers what lives now. A tool that its agent leaves behind has no parent to be found by any
   * more, and perhaps no marker.
   */
  remember(): void;
  /** Resolves after the process has exited, its pipes are done and nothing of its tree is left. */
  readonly ended: Promise<ProcessExit>;
};

const defaultPipeGraceMs = 500;
/** Asking and TERM together, so that a run is over within five seconds whatever it ignores. */
const stopBudgetMs = 3_500;
const shortestTermGraceMs = 1_000;
const longestTermGraceMs = 2_000;
const drainMs = 2_000;

/** Starts an agent in a session and group of its own and answers for everything it starts. */
export function startAgentProcess(options: AgentProcessOptions): AgentProcess {
  const child = spawn(options.command, [...options.arguments], {
    cwd: options.directory,
    env: { ...options.environment },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  const stderr = createStderrTail();
  let writeError: string | null = null;
  let stopping: Promise<void> | null = null;
  let remembered: readonly ProcessEntry[] = [];

  const target = { leader: identity, marker: options.marker };
  const remember = (): void => {
    remembered = [...remembered, ...treeMembers(target)];
  };
  const sweep = async (termGraceMs = shortestTermGraceMs): Promise<void> => {
    await stopTree(target, { remembered, termGraceMs });
  };
  const stop = (ask?: () => Promise<void>): Promise<void> => {
    stopping ??= (async () => {
      const deadline = performance.now() + stopBudgetMs;
      // Before and after: a leader that ends its turn well may take its children's parentage along.
      remember();
      if (ask !== undefined) await ask();
      remember();
      child.stdin.end();
      const leftMs = Math.min(longestTermGraceMs, deadline - performance.now());
      await sweep(Math.max(shortestTermGraceMs, leftMs));
    })();
    return stopping;
  };

  const reader = createLineReader({
    onLine: options.onLine,
    ...(options.maximumLineBytes === undefined ? {} : { maximumBytes: options.maximumLineBytes }),
    onOverflow() {
      // Our end has to close: a writer on a full pipe never exits.
      child.stdout.destroy();
      options.onFailure("The agent wrote a line that is longer than the limit.");
      void stop();
    },
  });
  child.stdout.on("data", (chunk: Buffer) => reader.push(chunk));
  child.stdout.on("error", (error) => options.onFailure(`Reading failed: ${error.message}`));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stderr.on("error", (error) => options.onFailure(`Reading failed: ${error.message}`));
  child.stdin.on("error", (error) => {
    writeError ??= error.message;
  });

  const ended = (async (): Promise<ProcessExit> => {
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const exit = await exitOf(child, options.onFailure);
    if (exit === null) return { code: null, signal: null };
    await settledWithin(closed, options.pipeGraceMs ?? defaultPipeGraceMs);
    // Also after a normal end: a tool may live on, and perhaps holds our pipes.
    await (stopping ?? sweep());
    await settledWithin(closed, drainMs);
    child.stdout.destroy();
    child.stderr.destroy();
    reader.end();
    return exit;
  })();

  return {
    identity,
    send(line) {
      if (child.stdin.writable) child.stdin.write(`${line}\n`);
      else writeError ??= "The agent no longer reads its input.";
    },
    closeInput: () => child.stdin.end(),
    stderrTail: () => stderr.text(),
    writeError: () => writeError,
    stop,
    remember,
    ended,
  };
}

/** Null when the process could not be started at all. */
function exitOf(
  child: ReturnType<typeof spawn>,
  onFailure: (message: string) => void,
): Promise<ProcessExit | null> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      onFailure(`The agent could not be started: ${error.message}`);
      resolve(null);
    });
  });
}

async function settledWithin(promise: Promise<void>, limitMs: number): Promise<void> {
  const { promise: limit, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([promise, limit]);
  clearTimeout(timer);
}
