import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import type { Log } from "../platform/log.ts";
import type { Signals } from "./signals.ts";

export type TranscriptCursor = { readonly lease: number; readonly seq: number };

export type TranscriptPage = {
  readonly rows: readonly TranscriptRow[];
  /** Whether rows stand behind these. */
  readonly hasMore: boolean;
};

/** Reads a page of rows after a place, in order. Supplied by the tasks slice, which owns the table. */
export type ReadTranscriptPage = (
  workspaceId: WorkspaceId,
  taskId: TaskId,
  after: TranscriptCursor,
  limits: { readonly rows: number; readonly bytes: number },
) => Promise<TranscriptPage>;

export type TranscriptSubscriber = {
  /** Resolves when these rows have left this process: a slow reader gets the next page then. */
  readonly deliver: (rows: readonly TranscriptRow[], cursor: TranscriptCursor) => Promise<void>;
  /** Asked before every delivery: access that has ended ends the stream. */
  readonly mayRead: () => Promise<boolean>;
  /** Access has ended; nothing more is delivered. */
  readonly revoked: () => void;
};

export type TranscriptFeed = {
  /** Backfills from the cursor, then streams; every row once, in order. */
  subscribe(
    workspaceId: WorkspaceId,
    taskId: TaskId,
    after: TranscriptCursor,
    subscriber: TranscriptSubscriber,
  ): () => void;
};

/** At most one page waits in memory for a reader, whatever it has left unread. */
const pageLimits = { rows: 1_000, bytes: 1024 * 1024 };
/** Signals may be lost between processes. */
const pollMs = 2_000;

/** Rows never pass the change log: they are many, immutable and already ordered by (lease, seq). */
export function createTranscriptFeed(parts: {
  signals: Signals;
  readPage: ReadTranscriptPage;
  log: Log;
}): TranscriptFeed {
  return {
    subscribe(workspaceId, taskId, after, subscriber) {
      let cursor = after;
      let ended = false;
      let dirty = false;
      let busy = false;

      const drain = async (): Promise<void> => {
        while (dirty && !ended) {
          dirty = false;
          const { rows, hasMore } = await parts.readPage(workspaceId, taskId, cursor, pageLimits);
          const last = rows.at(-1);
          if (!last || ended) continue;
          // Asked after the read, so that nothing is shown that was written after the access ended.
          if (!(await subscriber.mayRead())) return end();
          if (ended) return;
          cursor = { lease: last.lease, seq: last.seq };
          await subscriber.deliver(rows, cursor);
          if (hasMore) dirty = true;
        }
      };
      const end = (): void => {
        if (ended) return;
        stop();
        subscriber.revoked();
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
      const stop = (): void => {
        ended = true;
        clearInterval(poll);
        off();
      };
      ring();
      return stop;
    },
  };
}
