import { daemon } from "@headcount/contract/daemon/routes";
import type { TerminalRecord } from "@headcount/contract/daemon/schemas";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import { LimitStop } from "@headcount/contract/tasks/states";
import { withRetry } from "@headcount/client/retry";
import type { Redactor } from "@headcount/redaction/redactor";
import { followChanges } from "../changes/follow-changes.ts";
import { beginMeasuring, measuredChanges } from "../changes/measure-run.ts";
import { messageOf } from "../log.ts";
import type { LeaseJournal } from "../outbox/lease-journal.ts";
import type { RecordContent } from "../outbox/outbox-entry.ts";
import type { ActiveRun } from "./active-run.ts";
import { checkoutsByUrl } from "./check-out-repositories.ts";
import type { WorkEnding } from "./local-run.ts";
import { NoteKeeper } from "./note-keeper.ts";
import { prepareRun, type PreparedRun } from "./prepare-run.ts";
import { type AgentOutcome, type AgentRun, runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { writeMeta } from "./run-directories.ts";
import { GiveBack, RunFailure, RunStopped } from "./run-ending.ts";
import { RunReporter } from "./run-reporter.ts";
import { redactorOfRun } from "./run-secrets.ts";
import { failedRecord, terminalRecordOf } from "./terminal-record.ts";

const finalCheckMs = 3_000;
const measureMs = 60_000;
const shutdownMeasureMs = 3_000;

/** Sees one claimed task through to its end in the outbox. Never rejects. */
export async function executeRun(context: RunContext, run: ActiveRun): Promise<void> {
  const { task } = run;
  const { taskId, lease } = task;
  try {
    const { workspaceId } = task;
    const records = await context.outbox.journal({ workspaceId, taskId, lease });
    const notes = new NoteKeeper(context.journal, firstNote(run));
    await notes.update({});
    await runToEnd(context, run, { records, notes });
    await records.close();
    await notes.remove();
  } catch (error) {
    // The disk refuses or a rule of this program is broken: the next start reconciles the task.
    context.log("error", "a run could not be recorded", { taskId, lease, error: messageOf(error) });
  }
}

type Books = { readonly records: LeaseJournal; readonly notes: NoteKeeper };

async function runToEnd(context: RunContext, run: ActiveRun, books: Books): Promise<void> {
  let prepared: PreparedRun | null = null;
  try {
    prepared = await prepareRun(context, run, (facts) => books.notes.update(facts));
    await books.notes.update({ branch: prepared.branch });
    const { terminal, work } = await runPrepared(context, run, prepared, books);
    await reportEnding(run, prepared, books, { terminal, work });
  } catch (error) {
    await onNoResult(context, run, books, { error, prepared });
  } finally {
    if (prepared !== null) await leaveDirectory(context, run, prepared);
  }
}

async function runPrepared(
  context: RunContext,
  run: ActiveRun,
  prepared: PreparedRun,
  { records, notes }: Books,
): Promise<{ readonly terminal: TerminalRecord; readonly work: WorkEnding }> {
  const redactor = redactorOf(context, run);
  const reporter = new RunReporter({
    append: (content) => void records.append(content),
    redactor,
    workDirectory: prepared.directories.work,
    log: context.log,
    onSession: (sessionId) => notes.updateSoon({ sessionId }),
    onFirstTool: () => notes.updateSoon({ toolRan: true }),
  });
  run.reporter = reporter;
  if (prepared.notice !== null) reporter.note(prepared.notice);
  run.changes = await beginMeasuring(prepared.directories, run.stopSignal, context.log);
  await notes.update({ changeBases: [...(run.changes?.bases ?? [])] });
  const agent = { context, run, prepared, reporter, redactor, notes };
  const outcome = await runFollowed(agent, records);
  // Usage and transcript are on the disk before anyone asks whether the task was cancelled.
  await records.flush();
  const changes = await changesOf(context, run);
  const work = await prepared.leaveWork();
  if (work.problem !== null) reporter.note(work.problem);
  if (!run.stopSignal.aborted) await context.checkLeases(AbortSignal.timeout(finalCheckMs));
  const terminal = terminalRecordOf({
    result: outcome.result,
    reporter,
    redactor,
    workDirectory: prepared.directories.work,
    branch: work.branch,
    resumeRejected: outcome.resumeRejected,
    changes,
  });
  return { terminal: withProblem(terminal, work), work };
}

/** A result whose work is not where people look for it needs a person. */
function withProblem(terminal: TerminalRecord, { problem }: WorkEnding): TerminalRecord {
  if (problem === null) return terminal;
  if (terminal.status === "completed") {
    return { ...terminal, status: "failed", failureReason: "directory_error", error: problem };
  }
  const error = terminal.error === null ? problem : `${terminal.error}\n${problem}`;
  return { ...terminal, error };
}

/** Runs the agent and tells meanwhile what it changes. */
async function runFollowed(agent: AgentRun, records: LeaseJournal): Promise<AgentOutcome> {
  const stopFollowing = follow(agent.context, agent.run, records);
  try {
    return await runAgent(agent);
  } finally {
    await stopFollowing();
  }
}

/** Tells what the run has changed while it runs, where that can be measured. */
function follow(context: RunContext, run: ActiveRun, records: LeaseJournal): () => Promise<void> {
  if (run.changes === null) return () => Promise.resolve();
  return followChanges(run.changes, {
    intervalMs: context.config.changesIntervalMs,
    report: (body) => void records.append({ kind: "changes", body }),
    log: context.log,
  });
}

function redactorOf(context: RunContext, { task }: ActiveRun): Redactor {
  return redactorOfRun({
    token: task.token,
    agentEnvironment: task.agent.environment,
    mcpServers: task.agent.mcpServers,
    daemonEnvironment: context.config.environment,
  });
}

/** A daemon that is being stopped has little time left. */
function changesOf(context: RunContext, run: ActiveRun): Promise<LineChanges | undefined> {
  const limitMs = run.stopReason === "shutdown" ? shutdownMeasureMs : measureMs;
  return measuredChanges(run.changes, context.log, limitMs);
}

/** What the end of this run means for the task depends on why it ended. */
async function reportEnding(
  run: ActiveRun,
  prepared: PreparedRun,
  { records }: Books,
  { terminal, work }: { readonly terminal: TerminalRecord; readonly work: WorkEnding },
): Promise<void> {
  const { branch, problem } = work;
  const place = { branch, problem, workDirectory: prepared.directories.work };
  for (const ending of endingRecords(run, terminal, place)) await records.append(ending);
}

function endingRecords(
  run: ActiveRun,
  terminal: TerminalRecord,
  { problem, ...place }: WorkEnding & { readonly workDirectory: string | null },
): readonly RecordContent[] {
  const isComplete = terminal.status === "completed";
  switch (run.stopReason) {
    case null:
      return [{ kind: "terminal", body: terminal }];
    case "cancel": {
      // What the run has reached is kept; having been stopped is no failure.
      const stopped = {
        ...terminal,
        status: "cancelled" as const,
        failureReason: null,
        error: problem,
      };
      return [
        { kind: "terminal", body: stopped },
        { kind: "cancel_ack", body: place },
      ];
    }
    case "budget_stop":
    case "runaway_stop": {
      // Whoever was done when the word came is done.
      if (isComplete) return [{ kind: "terminal", body: terminal }];
      const stopped = { ...terminal, status: "failed" as const, error: problem };
      return [{ kind: "terminal", body: { ...stopped, failureReason: run.stopReason } }];
    }
    case "lost":
      // A true result is kept as a superseded attempt; a run that was cut off has none.
      return isComplete ? [{ kind: "terminal", body: terminal }] : [];
    case "shutdown": {
      if (isComplete) return [{ kind: "terminal", body: terminal }];
      const error = "The daemon of this machine was stopped while the task ran.";
      const failed = { ...terminal, status: "failed" as const, error };
      return [{ kind: "terminal", body: { ...failed, failureReason: "runtime_offline" } }];
    }
  }
}

async function onNoResult(
  context: RunContext,
  run: ActiveRun,
  { records, notes }: Books,
  ended: { readonly error: unknown; readonly prepared: PreparedRun | null },
): Promise<void> {
  const { error, prepared } = ended;
  const { taskId, workspaceId, lease } = run.task;
  const changes = await changesOf(context, run);
  const work = await prepared?.leaveWork();
  const place = {
    branch: work?.branch ?? null,
    workDirectory: prepared?.directories.work ?? null,
  };
  if (run.stopReason === "cancel") {
    await records.append({ kind: "cancel_ack", body: place });
    return;
  }
  if (run.stopReason === "lost") return;
  const limit = LimitStop.safeParse(run.stopReason).data;
  const isStopped = error instanceof RunStopped || run.stopReason === "shutdown";
  const isUnstarted = isStopped && limit === undefined && notes.note.process === null;
  if (error instanceof GiveBack || isUnstarted) {
    const reason = error instanceof GiveBack ? error.reason : "daemon_stopped";
    await giveBack(context, { taskId, workspaceId, lease, reason });
    return;
  }
  const ownReason = error instanceof RunFailure ? error.reason : "agent_error.process_failure";
  const reason = limit ?? ownReason;
  // Git repeats addresses, and programs what they were called with.
  const message = redactorOf(context, run).redact(messageOf(error));
  context.log("warn", "a run failed before its agent ended", {
    taskId,
    reason,
    error: message,
  });
  const known = changes === undefined ? place : { ...place, changes };
  const failed = failedRecord(reason, message, known);
  const body = withProblem(failed, { branch: place.branch, problem: work?.problem ?? null });
  await records.append({ kind: "terminal", body });
}

/** Without an answer the lease lapses and the server hands the task out again by itself. */
async function giveBack(
  context: RunContext,
  input: Parameters<typeof context.client.call<typeof daemon.giveBack>>[1],
): Promise<void> {
  const client = withRetry(context.client);
  const idempotencyKey = `give-back-${input.taskId}-${input.lease}`;
  await client.call(daemon.giveBack, input, { idempotencyKey }).catch((error: unknown) => {
    context.log("warn", "a task could not be given back", {
      taskId: input.taskId,
      error: messageOf(error),
    });
  });
}

async function leaveDirectory(
  context: RunContext,
  run: ActiveRun,
  prepared: PreparedRun,
): Promise<void> {
  const { task } = run;
  try {
    await run.changes?.close();
    await prepared.cleanUp();
    await writeMeta(prepared.directories.root, {
      workspaceId: task.workspaceId,
      agentId: task.agent.id,
      issueId: task.issue.id,
      taskId: task.taskId,
      lastTaskId: task.taskId,
      cli: task.cli,
      branch: prepared.branch,
      repositories: Object.keys(await checkoutsByUrl(prepared.directories.root)),
      directory: prepared.place,
      endedAt: new Date().toISOString(),
    });
  } catch (error) {
    context.log("warn", "a work directory was left unclean", {
      taskId: task.taskId,
      error: messageOf(error),
    });
  } finally {
    prepared.release();
  }
}

function firstNote({ task }: ActiveRun): ConstructorParameters<typeof NoteKeeper>[1] {
  return {
    workspaceId: task.workspaceId,
    taskId: task.taskId,
    lease: task.lease,
    cli: task.cli,
    marker: "",
    process: null,
    startedAtMs: Date.now(),
    model: null,
    sessionId: task.resume?.sessionId ?? null,
    resumeSessionId: null,
    root: null,
    workDirectory: null,
    privateDirectory: null,
    brief: null,
    worktree: null,
    branch: null,
    usageKeyPrefix: "",
    toolRan: false,
    changeBases: [],
  };
}
