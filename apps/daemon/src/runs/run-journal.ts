import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { z } from "zod";
import { ChangeBase } from "../changes/change-meter.ts";
import { readFileIfThere, syncDirectory, writeFileAtomically } from "../state/atomic-file.ts";

/** What the next start of the daemon must know of a run to clean up after it. */
export const RunNote = z.object({
  workspaceId: WorkspaceId,
  taskId: TaskId,
  lease: z.int(),
  cli: z.string(),
  /** Value of the marker variable of every process of the run. */
  marker: z.string(),
  /** Leader of the run's processes; null until it is started. */
  process: z.object({ pid: z.int(), startTime: z.string() }).nullable(),
  startedAtMs: z.number(),
  model: z.string().nullable(),
  sessionId: z.string().nullable(),
  resumeSessionId: z.string().nullable(),
  /** Folder of the run on this machine; the work directory need not be in it. */
  root: z.string().nullable().default(null),
  workDirectory: z.string().nullable(),
  privateDirectory: z.string().nullable(),
  /** Where the brief stands that the run was given. */
  brief: z
    .object({
      directory: z.string(),
      name: z.string(),
      kind: z.enum(["checkout", "worktree", "person", "plain"]),
    })
    .nullable()
    .default(null),
  /** Worktree of a person's folder that the run has its work in. */
  worktree: z
    .object({
      root: z.string(),
      work: z.string(),
      source: z.string(),
      agentName: z.string(),
      subject: z.string(),
    })
    .nullable()
    .default(null),
  branch: z.string().nullable(),
  /** Goes before usage keys; differs between the attempts of one run. */
  usageKeyPrefix: z.string(),
  toolRan: z.boolean(),
  /** How the run found its folders. */
  changeBases: z.array(ChangeBase).default([]),
});
export type RunNote = z.infer<typeof RunNote>;

/** One small file per running task, replaced as a whole, removed when its end is in the outbox. */
export class RunJournal {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(directory: string): Promise<RunJournal> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // Cut off by the end of a daemon before this one.
    const drafts = (await readdir(directory)).filter((name) => name.endsWith(".draft"));
    for (const name of drafts) await rm(path.join(directory, name), { force: true });
    return new RunJournal(directory);
  }

  async write(note: RunNote): Promise<void> {
    await writeFileAtomically(this.#fileOf(note), `${JSON.stringify(note)}\n`);
  }

  async remove(note: Pick<RunNote, "taskId" | "lease">): Promise<void> {
    await rm(this.#fileOf(note), { force: true });
    await syncDirectory(this.#directory);
  }

  /** Runs that were not finished when the daemon ended. */
  async readAll(): Promise<readonly RunNote[]> {
    const notes: RunNote[] = [];
    for (const name of await readdir(this.#directory)) {
      if (!name.endsWith(".json")) continue;
      const note = parseNote(await readFileIfThere(path.join(this.#directory, name)));
      if (note !== null) notes.push(note);
    }
    return notes;
  }

  #fileOf(note: Pick<RunNote, "taskId" | "lease">): string {
    return path.join(this.#directory, `${note.taskId}.${note.lease}.json`);
  }
}

/** Null for a note that the disk has damaged: the server still knows that the run was here. */
function parseNote(text: string | null): RunNote | null {
  try {
    return RunNote.parse(JSON.parse(text ?? "null"));
  } catch {
    return null;
  }
}
