import { mkdir } from "node:fs/promises";
import path from "node:path";
import { readFileIfThere, writeFileAtomically } from "@headcount/daemon/state/atomic-file";
import type { SessionFile } from "@headcount/session-files/session-file";

/**
 * Notes in a profile's folder which files have been brought into which workspace, as they were
 * then. They only save work: without them everything is read again and found to be booked.
 */
export type ReadMarks = {
  /** Whether a file has been brought in as it is now, at least from the given time on. */
  has(file: SessionFile, since: Date | null): boolean;
  add(files: readonly SessionFile[], since: Date | null): Promise<void>;
  save(): Promise<void>;
};

type Mark = {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Earlier use was left out; null when nothing was. */
  readonly since: string | null;
};
type MarksByTarget = Record<string, Record<string, Mark>>;

const saveEveryMs = 1_000;

/** @param target server and workspace: other ones have not seen the same files */
export async function openReadMarks(file: string, target: string): Promise<ReadMarks> {
  const all = await readMarks(file);
  const marks: Record<string, Mark> = { ...all[target] };
  let isChanged = false;
  let savedAt = Date.now();
  const save = async (): Promise<void> => {
    if (!isChanged) return;
    isChanged = false;
    savedAt = Date.now();
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomically(file, `${JSON.stringify({ ...all, [target]: marks })}\n`);
  };
  return {
    has(session, since) {
      const mark = Object.hasOwn(marks, session.path) ? marks[session.path] : undefined;
      if (mark === undefined || mark.sizeBytes !== session.sizeBytes) return false;
      if (mark.modifiedAtMs !== session.modifiedAtMs) return false;
      if (mark.since === null) return true;
      return since !== null && since.getTime() >= Date.parse(mark.since);
    },
    async add(files, since) {
      for (const { path: name, sizeBytes, modifiedAtMs } of files) {
        marks[name] = { sizeBytes, modifiedAtMs, since: since?.toISOString() ?? null };
      }
      isChanged = true;
      if (Date.now() - savedAt >= saveEveryMs) await save();
    },
    save,
  };
}

async function readMarks(file: string): Promise<MarksByTarget> {
  try {
    const value: unknown = JSON.parse((await readFileIfThere(file)) ?? "{}");
    // Written by this very program; whatever else it is, its look-ups find nothing in it.
    if (typeof value === "object" && value !== null) return value as MarksByTarget;
  } catch {
    // A damaged note is no reason to refuse the work that it would only shorten.
  }
  return {};
}
