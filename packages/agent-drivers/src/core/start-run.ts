import { startAgentProcess, type AgentProcess, type ProcessExit } from "./agent-process.ts";
import type { CliSpec } from "./cli-spec.ts";
import type { CancelReason, RunningAgent, RunSink } from "./driver.ts";
import { runCommand, startedAs } from "./run-command.ts";
import type { RunMapper, StreamCause } from "./run-mapper.ts";
import { readSessionFiles } from "./session-files.ts";
import { isKeepAlive } from "./keep-alive.ts";
import type { FiredWatchdog, RunItem, RunOptions, RunResult } from "./types.ts";
import { createStreamedUsage } from "./usage-drift.ts";
import { createWatchdog, defaultRunLimits } from "./watchdog.ts";

/** What a driver adds to a started process: its side of the talk with the CLI. */
export type Conversation = {
  /** First frames. */
  open(): void;
  /** Sees every line before the mapper does. */
  read(line: string): void;
  /** Asks the CLI to end its turn; false when there is no such thing or nothing to end. */
  askToStop(): boolean;
  /** After the terminal event, before the CLI's input is closed: the last words of both sides. */
  wrapUp?(): Promise<void>;
  /** Nothing more will be read or written. */
  close(): void;
};

/** What a conversation may do to its run. */
export type RunControls = {
  readonly send: (line: string) => void;
  readonly closeInput: () => void;
  readonly emit: (item: RunItem) => void;
  /** Ends the run; null when what was read already says why. */
  readonly stop: (reason: CancelReason | null) => void;
  /** The work has begun or went on; starts the watch over progress. */
  readonly progress: () => void;
  /** Ends the run because a limit of the conversation has passed. */
  readonly expire: (fired: FiredWatchdog) => void;
};

export type RunParts = {
  readonly mapper: RunMapper;
  readonly converse: (controls: RunControls) => Conversation;
};

const protocolCancelMs = 2_500;
const exitAfterTerminalMs = 10_000;

/** Starts one run and sees it through to its only result. Shared by all drivers of a process. */
export function startRun(
  spec: CliSpec,
  options: RunOptions,
  sink: RunSink,
  parts: RunParts,
): RunningAgent {
  const { mapper } = parts;
  const limits = {
    ...defaultRunLimits,
    ...(spec.idleTimeoutMs === null ? {} : { idleMs: spec.idleTimeoutMs }),
    ...options.limits,
  };
  const terminal = Promise.withResolvers<void>();
  const streamed = createStreamedUsage();
  let cause: StreamCause = "ended";
  let failure: string | null = null;
  let progressSeen = 0;
  let fired: FiredWatchdog | null = null;
  let sessionId = options.resumeSessionId;
  let finished = false;
  let agent: AgentProcess | null = null;
  let graceTimer: NodeJS.Timeout | null = null;

  const emit = (item: RunItem): void => {
    if (item.type === "status" && item.sessionId !== undefined) sessionId = item.sessionId;
    watchdog.observe(item);
    sink(item);
  };
  const cancel = async (reason: CancelReason | null): Promise<void> => {
    if (agent === null || finished) return;
    if (reason !== null && cause === "ended" && !mapper.isTerminal()) cause = reason;
    await agent.stop(async () => {
      if (!mapper.isTerminal() && conversation.askToStop()) {
        await within(Promise.race([terminal.promise, agent?.ended]), protocolCancelMs);
      }
    });
    await agent.ended;
  };
  const expire = (expired: FiredWatchdog): void => {
    if (cause === "ended" && !mapper.isTerminal()) fired = expired;
    void cancel(expired.name === "wall_clock" ? "timeout" : "idle_watchdog");
  };
  const watchdog = createWatchdog(limits, expire);
  const conversation = parts.converse({
    send: (line) => agent?.send(line),
    closeInput: () => agent?.closeInput(),
    emit,
    stop: (reason) => void cancel(reason),
    expire,
    progress: () => watchdog.progress(),
  });

  const onTerminal = (): void => {
    if (graceTimer !== null) return;
    terminal.resolve();
    // While its leader still stands over them, tools that live on are found without their marker.
    agent?.remember();
    const graceMs = spec.quirks.lingersAfterResultMs ?? exitAfterTerminalMs;
    graceTimer = setTimeout(() => void agent?.stop(), graceMs);
    if (conversation.wrapUp === undefined) agent?.closeInput();
    else void conversation.wrapUp().then(() => agent?.closeInput());
  };
  const onLine = (line: string): void => {
    if (!isKeepAlive(line)) watchdog.touch();
    if (spec.quirks.stdoutNoise?.some((pattern) => pattern.test(line)) === true) return;
    conversation.read(line);
    const items = mapper.accept(line);
    for (const item of items) {
      if (item.type === "usage" && !mapper.isTerminal()) streamed.note(item.usage);
      emit(item);
    }
    if (mapper.isTerminal()) onTerminal();
    const progress = mapper.progressCount?.() ?? 0;
    if (progress > progressSeen) watchdog.progress();
    progressSeen = progress;
  };
  const finish = (exit: ProcessExit, process: AgentProcess): RunResult => {
    watchdog.stop();
    conversation.close();
    if (graceTimer !== null) clearTimeout(graceTimer);
    if (!mapper.isTerminal() && sessionId !== null) {
      const lines = readSessionFiles(spec, options, sessionId);
      for (const item of mapper.acceptSessionFile?.(lines) ?? []) emit(item);
    }
    // Without the system's own word for it: a broken pipe to a program is no network failure.
    const isUnheard = sessionId === null && process.writeError() !== null;
    const run = mapper.finish({
      cause,
      exit,
      stderr: process.stderrTail(),
      error: failure ?? (isUnheard ? "The agent stopped reading its input." : null),
      endedAtMs: Date.now(),
      ...(fired === null ? {} : { watchdog: fired }),
    });
    finished = true;
    for (const item of run.items) sink(item);
    const isLimited = run.result.status === "timeout" || run.result.status === "idle_watchdog";
    if (isLimited && fired !== null) return { ...run.result, watchdog: fired };
    if (!mapper.isTerminal()) return run.result;
    return { ...run.result, drift: streamed.driftOf(run.result.usage) };
  };

  const command = runCommand(spec, options);
  const started = startAgentProcess({
    ...startedAs(spec, command),
    directory: options.workDirectory,
    environment: command.environment,
    marker: options.marker,
    onLine,
    onFailure(message) {
      failure ??= message;
      if (cause === "ended") cause = "transport";
    },
    ...(spec.quirks.lingersAfterResultMs === undefined ? {} : { pipeGraceMs: 500 }),
  });
  agent = started;
  if (command.dropped.length > 0) {
    sink({
      type: "log",
      level: "warn",
      message: `Ignored arguments: ${command.dropped.join(", ")}`,
    });
  }
  if (started.identity !== null) conversation.open();
  const result = started.ended.then((exit) => finish(exit, started));
  return {
    pid: started.identity?.pid ?? null,
    cancel,
    silentForMs: () => watchdog.silentForMs(),
    result,
  };
}

async function within(promise: Promise<unknown>, limitMs: number): Promise<void> {
  const { promise: limit, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([promise, limit]);
  clearTimeout(timer);
}
