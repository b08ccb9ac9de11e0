import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import type { Log } from "../platform/log.ts";
import type { Signals } from "./signals.ts";

export type TranscriptCursor = { readonly lease: number; readonly seq: number };

/** Reads rows after a place, in order. Supplied by the tasks slice, which owns the table. */
export type ReadTranscriptRows = (
  workspaceId: WorkspaceId,
  taskId: TaskId,
  after: TranscriptCursor,
  limit: number,
) => Promise<readonly TranscriptRow[]>;

export type TranscriptFeed = {
  /** Backfills from the cursor, then streams; every row once, in order. */
  subscribe(
    workspaceId: WorkspaceId,
    taskId: TaskId,
    after: TranscriptCursor,
    deliver: (rows: readonly TranscriptRow[], cursor: TranscriptCursor) => void,
  ): () => void;
};

const pageSize = 1_000;
/** Signals may be lost between processes. */
const pollMs = 2_000;

/** Rows never pass the change log: they are many, immutable and already ordered by (lease, seq). */
export function createTranscriptFeed(parts: {
  signals: Signals;
  readRows: ReadTranscriptRows;
  log: Log;
}): TranscriptFeed {
  return {
    subscribe(workspaceId, taskId, after, deliver) {
      let cursor = after;
      let ended = false;
      let dirty = false;
      let busy = false;

      const drain = async (): Promise<void> => {
        while (dirty && !ended) {
          dirty = false;
          const rows = await parts.readRows(workspaceId, taskId, cursor, pageSize);
          const last = rows.at(-1);
          if (!last || ended) continue;
          cursor = { lease: last.lease, seq: last.seq };
          deliver(rows, cursor);
          if (rows.length === pageSize) dirty = true;
        }
      };
      const ring = (): void => {
        dirty = true;
        if (busy) return;
        busy = true;
        drain()
          .catch((error: unknown) => parts.log.warn({ err: error }, "could not read a transcript"))
          .finally(() => {
            busy = false;
            if (dirty && !ended) ring();
          });
      };
      const off = parts.signals.on((signal) => {
        if (signal.topic === "transcript" && signal.taskId === taskId) ring();
      });
      const poll = setInterval(ring, pollMs);
      ring();
      return () => {
        ended = true;
        clearInterval(poll);
        off();
      };
    },
  };
}
