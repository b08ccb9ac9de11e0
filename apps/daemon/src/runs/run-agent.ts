import { randomUUID } from "node:crypto";
import { ApiError } from "@headcount/client/api-error";
import { isTransient } from "@headcount/client/retry";
import type { Redactor } from "@headcount/redaction/redactor";
import { findProcess } from "@headcount/agent-drivers/core/process-tree";
import { stopTreeByMarker } from "@headcount/agent-drivers/core/stop-tree";
import type { RunOptions, RunResult } from "@headcount/agent-drivers/core/types";
import { daemon } from "@headcount/contract/daemon/routes";
import { messageOf } from "../log.ts";
import { pause } from "../pause.ts";
import type { ActiveRun } from "./active-run.ts";
import type { NoteKeeper } from "./note-keeper.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { RunContext } from "./run-context.ts";
import { RunStopped } from "./run-ending.ts";
import { environmentOfRun, optionsOfRun, shownCommandLine } from "./run-options.ts";
import type { RunReporter } from "./run-reporter.ts";

export type AgentRun = {
  readonly context: RunContext;
  readonly run: ActiveRun;
  readonly prepared: PreparedRun;
  readonly reporter: RunReporter;
  readonly redactor: Redactor;
  readonly notes: NoteKeeper;
};

export type AgentOutcome = { readonly result: RunResult; readonly resumeRejected: boolean };

/**
 * Runs the agent, a second time with a fresh session when the CLI refused the old one before any
 * tool ran, and a second time as it was when the CLI did not say a word at its start.
 *
 * @throws RunStopped when the task was lost before the agent was started
 */
export async function runAgent(agent: AgentRun): Promise<AgentOutcome> {
  const { run, prepared, reporter } = agent;
  const first = await answeredAttempt(agent);
  const mayTryFresh =
    first.resumeRejected && first.status === "failed" && prepared.resumeSessionId !== null;
  if (!mayTryFresh || reporter.toolRan || run.stopSignal.aborted) {
    return { result: first, resumeRejected: first.resumeRejected };
  }
  reporter.note("The session could not be resumed; starting a fresh one.");
  reporter.beginAttempt("fresh/");
  return { result: await attempt(agent, null, "fresh/"), resumeRejected: true };
}

/** A CLI that says nothing at its start is started once more. */
async function answeredAttempt(agent: AgentRun): Promise<RunResult> {
  const { prepared, reporter } = agent;
  const first = await attempt(agent, prepared.resumeSessionId, "");
  if (!wasStillborn(first, agent)) return first;
  reporter.note("The agent CLI did not answer at its start; starting it once more.");
  reporter.beginAttempt("again/");
  return attempt(agent, prepared.resumeSessionId, "again/");
}

/** It named no session, so it was given no work; and nothing of it lives any more. */
function wasStillborn(first: RunResult, { run, reporter }: AgentRun): boolean {
  const isSilent = first.watchdog?.name === "handshake" && reporter.sessionId === null;
  return isSilent && !reporter.toolRan && !run.stopSignal.aborted;
}

async function attempt(
  agent: AgentRun,
  resumeSessionId: string | null,
  usageKeyPrefix: string,
): Promise<RunResult> {
  const { context, run, prepared, notes, reporter } = agent;
  const marker = randomUUID();
  const environment = environmentOfRun(context, run, prepared, marker);
  for (const name of environment.refused) {
    reporter.note(`The variable ${name} of the agent's settings is reserved and was not set.`);
  }
  const startedAtMs = Date.now();
  const options = optionsOfRun(context, run, prepared, {
    marker,
    environment,
    resumeSessionId,
    startedAtMs,
  });
  // Before the process exists: a crash in between still finds it by its marker.
  await notes.update({
    marker,
    startedAtMs,
    resumeSessionId,
    usageKeyPrefix,
    process: null,
    model: options.model,
    privateDirectory: options.privateDirectory,
  });
  if (usageKeyPrefix === "") await reportStart(agent, options);
  return supervise(agent, options);
}

/** Starts the process, follows it to its end and leaves nothing of it alive. */
async function supervise(agent: AgentRun, options: RunOptions): Promise<RunResult> {
  const { context, run, prepared, reporter, notes } = agent;
  if (run.stopSignal.aborted) throw new RunStopped();
  run.step = "running";
  run.agentPlace = { marker: options.marker, directories: prepared.directories };
  const agentProcess = context.startAgent(prepared.cli.spec, options, (item) => {
    reporter.accept(item);
  });
  run.agent = agentProcess;
  const { pid } = agentProcess;
  const startTime = pid === null ? undefined : findProcess(pid)?.startTime;
  if (pid !== null && startTime !== undefined) await notes.update({ process: { pid, startTime } });
  const stop = (): void => {
    agentProcess.cancel("cancelled").catch((error: unknown) => {
      context.log("error", "an agent could not be stopped", { error: messageOf(error) });
    });
  };
  run.stopSignal.addEventListener("abort", stop, { once: true });
  if (run.stopSignal.aborted) stop();
  const result = await agentProcess.result;
  run.stopSignal.removeEventListener("abort", stop);
  run.step = "finishing";
  run.agent = null;
  run.agentPlace = null;
  reporter.finish();
  await stopTreeByMarker(options.marker);
  return result;
}

/** The folder is ready. Without the server's word the agent is not started. */
async function reportStart(agent: AgentRun, options: RunOptions): Promise<void> {
  const { context, run, prepared, redactor } = agent;
  const { taskId, workspaceId, lease } = run.task;
  run.step = "starting";
  const start = {
    taskId,
    workspaceId,
    lease,
    argv: shownCommandLine(prepared, options, redactor),
    workDirectory: options.workDirectory,
    displayDirectory: prepared.displayDirectory,
    branch: prepared.branch,
    resumed: options.resumeSessionId !== null,
  };
  while (!run.stopSignal.aborted) {
    try {
      await context.client.call(daemon.start, start, { signal: run.stopSignal });
      return;
    } catch (error) {
      if (run.stopSignal.aborted) break;
      if (error instanceof ApiError && error.reason === "lease_lost") run.stop("lost");
      else if (!isTransient(error)) throw error;
      else await pause(1_000, run.stopSignal);
    }
  }
  throw new RunStopped();
}
