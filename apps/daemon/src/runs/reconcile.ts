import { findCliSpec } from "@headcount/agent-drivers/clis/cli-specs";
import { takeBackMcpFiles } from "@headcount/agent-drivers/core/with-mcp-files";
import { stopTree } from "@headcount/agent-drivers/core/stop-tree";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import { measuredChanges, meterAt } from "../changes/measure-run.ts";
import { messageOf, type Log } from "../log.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { removeSkills } from "../skills/place-skills.ts";
import { abandonWorktree } from "../local-directory/make-worktree.ts";
import { removeBrief } from "./context-file.ts";
import { settleWorktree, type WorkEnding } from "./local-run.ts";
import { optionsOfNote, recoverUsage } from "./recover-usage.ts";
import type { RunContext } from "./run-context.ts";
import type { RunJournal, RunNote } from "./run-journal.ts";
import { failedRecord } from "./terminal-record.ts";

export type LocalReconcileOptions = Pick<
  RunContext,
  "config" | "findCli" | "outbox" | "journal" | "worktrees" | "log"
>;

/** Nothing may keep the daemon from its first heartbeat for long. */
const measureMs = 10_000;
/** What takes longer is done by the follow-up, or when the folder is collected. */
const leaveMs = 20_000;

const lostMessage = "The daemon of this machine ended while the task ran.";

/**
 * Cleans up after the daemon before this one: no process of an unfinished run stays alive, what
 * its CLI had written down about usage is recovered, and each run gets its end in the outbox.
 */
export async function reconcileLocally(options: LocalReconcileOptions): Promise<void> {
  const notes = await options.journal.readAll();
  await Promise.all(notes.map((note) => settleRun(options, note)));
  // A lease that ended without a note needs no more records; without this its file would stay.
  for (const journal of options.outbox.journals()) if (!journal.isClosed) await journal.close();
}

async function settleRun(options: LocalReconcileOptions, note: RunNote): Promise<void> {
  const { outbox, journal, log } = options;
  const { taskId, lease } = note;
  await stopSurvivors(note, log);
  const changes = await changesOf(note, log);
  await takeSkillsBack(options, note);
  takeMcpServersBack(options, note);
  const work = await leaveWork(options, note);
  const records = await outbox.journal(note);
  if (!records.isClosed && records.pendingEnding === null) {
    for (const content of recoverUsage(options, note)) await records.append(content);
    await records.append({
      kind: "terminal",
      body: failedRecord("runtime_recovery", messageWith(work.problem), {
        sessionId: note.sessionId,
        workDirectory: note.workDirectory,
        branch: work.branch,
        toolRan: note.toolRan,
        durationMs: Math.max(0, Math.round(Date.now() - note.startedAtMs)),
        coverage: {
          level: "partial",
          reason: "The run was cut off; only what was known is counted.",
        },
        ...(changes === undefined ? {} : { changes }),
      }),
    });
    log("warn", "a run of the daemon before this one was ended", { taskId, lease });
  }
  await records.close();
  await journal.remove(note);
}

/** What was lent to the run must not stay in its folder. */
async function takeSkillsBack(
  { log }: Pick<LocalReconcileOptions, "log">,
  note: RunNote,
): Promise<void> {
  const { root } = note;
  if (root === null) return;
  await removeSkills(root).catch((error: unknown) => {
    log("warn", "skills of an ended run were left", {
      taskId: note.taskId,
      error: messageOf(error),
    });
  });
}

/** They may carry secrets. */
function takeMcpServersBack(options: LocalReconcileOptions, note: RunNote): void {
  const spec = findCliSpec(note.cli);
  if (spec === null || note.privateDirectory === null || note.workDirectory === null) return;
  try {
    takeBackMcpFiles(spec, optionsOfNote(options, note));
  } catch (error) {
    options.log("warn", "MCP servers of an ended run were left", {
      taskId: note.taskId,
      error: messageOf(error),
    });
  }
}

/** The brief leaves the folder and what the agent has done goes onto its branch. */
async function leaveWork(
  { worktrees, log }: LocalReconcileOptions,
  { brief, worktree, branch, taskId }: RunNote,
): Promise<WorkEnding> {
  if (brief !== null) {
    await removeBrief(brief).catch((error: unknown) => {
      log("warn", "the brief of an ended run was left", { taskId, error: messageOf(error) });
    });
  }
  if (worktree === null) return { branch, problem: null };
  await abandonWorktree(worktree.root, worktree.work).catch((error: unknown) => {
    log("warn", "a half-made worktree was left", { taskId, error: messageOf(error) });
  });
  return settleWorktree(worktrees, worktree, AbortSignal.timeout(leaveMs));
}

const messageWith = (problem: string | null): string =>
  problem === null ? lostMessage : `${lostMessage} ${problem}`;

/** Nothing of the run is alive any more, so its folders are as it left them. */
async function changesOf(note: RunNote, log: Log): Promise<LineChanges | undefined> {
  if (note.root === null || note.changeBases.length === 0) return undefined;
  const meter = meterAt(note.root, note.changeBases);
  const changes = await measuredChanges(meter, log, measureMs);
  await meter.close();
  return changes;
}

async function stopSurvivors(note: RunNote, log: Log): Promise<void> {
  if (note.marker === "") return;
  const left = await stopTree({ leader: note.process, marker: note.marker });
  if (left.length > 0) {
    log("error", "processes of an ended run could not be stopped", {
      taskId: note.taskId,
      pids: left.map(({ pid }) => pid).join(" "),
    });
  }
}

/**
 * Ends the tasks that the server believes to be here and that nothing here knows: their claim or
 * their records died with a disk or a folder.
 *
 * @throws ApiError when the server does not answer
 */
export async function reconcileWithServer(options: {
  readonly client: ApiClient;
  readonly outbox: Outbox;
  readonly journal: RunJournal;
  readonly isHeld: (place: { readonly taskId: string; readonly lease: number }) => boolean;
  readonly log: Log;
}): Promise<void> {
  const { client, outbox, isHeld, log } = options;
  const { items } = await client.call(daemon.ownedTasks, {});
  for (const { workspaceId, taskId, lease } of items) {
    if (isHeld({ taskId, lease }) || outbox.holds({ taskId, lease })) continue;
    const records = await outbox.journal({ workspaceId, taskId, lease });
    await records.append({ kind: "terminal", body: failedRecord("runtime_recovery", lostMessage) });
    await records.close();
    log("warn", "a task that this machine does not know was ended", { taskId, lease });
  }
}
