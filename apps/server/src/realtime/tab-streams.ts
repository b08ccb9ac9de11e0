import type { TaskId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { SocketOutlet } from "./socket-outlet.ts";
import type { TranscriptCursor, TranscriptFeed } from "./transcript-feed.ts";
import type { WorkspaceFeed } from "./workspace-feed.ts";

export type TabStreamParts = {
  readonly feed: WorkspaceFeed;
  readonly transcripts: TranscriptFeed;
  /** Whether a person may read a task's transcript now. */
  readonly mayReadTranscript: (
    userId: UserId,
    workspaceId: WorkspaceId,
    taskId: TaskId,
  ) => Promise<boolean>;
};

/** What one tab follows, each stream once. */
export type TabStreams = {
  /** Follows a stream from a cursor on, in the place of who followed it before. */
  subscribe(stream: string, after: string, userId: UserId): Promise<void>;
  unsubscribe(stream: string): void;
  end(): void;
};

const maxStreams = 64;

export function createTabStreams(parts: TabStreamParts, outlet: SocketOutlet): TabStreams {
  /** How each of them is ended. */
  const streams = new Map<string, () => void>();

  const unsubscribe = (stream: string): void => {
    streams.get(stream)?.();
    streams.delete(stream);
  };
  const refuse = (stream: string, code: string, reason: string): void =>
    outlet.send({ type: "error", code, reason, stream });

  function followWorkspace(stream: string, after: string, userId: UserId): void {
    const workspaceId = stream.slice("workspace:".length) as WorkspaceId;
    const cursor = Number(after);
    if (!Number.isSafeInteger(cursor) || cursor < 0) {
      return refuse(stream, "invalid", "cursor.invalid");
    }
    outlet.send({ type: "ack", stream, cursor: after });
    const stop = parts.feed.subscribe(workspaceId, cursor, {
      userId,
      deliver: (page) =>
        outlet.send({
          type: "changes",
          stream,
          from: String(page.from),
          to: String(page.to),
          items: [...page.items],
          remaining: page.remaining,
        }),
      snapshotRequired: (reason, newest) =>
        outlet.send({ type: "snapshot_required", stream, reason, cursor: String(newest) }),
      revoked: () => {
        unsubscribe(stream);
        refuse(stream, "not_found", "workspace.not_found");
      },
    });
    streams.set(stream, stop);
  }

  async function followTask(stream: string, after: string, userId: UserId): Promise<void> {
    const [, workspaceId, taskId] = stream.split(":") as [string, WorkspaceId, TaskId];
    const cursor = parseTranscriptCursor(after);
    if (!cursor) return refuse(stream, "invalid", "cursor.invalid");
    const mayRead = (): Promise<boolean> => parts.mayReadTranscript(userId, workspaceId, taskId);
    // Its place is taken before the wait, so that what ends or replaces it meanwhile finds it.
    let isWanted = true;
    streams.set(stream, () => {
      isWanted = false;
    });
    const isAllowed = await mayRead();
    if (!isWanted) return;
    if (!isAllowed) {
      unsubscribe(stream);
      return refuse(stream, "not_found", "task.not_found");
    }
    outlet.send({ type: "ack", stream, cursor: after });
    const stop = parts.transcripts.subscribe(workspaceId, taskId, cursor, {
      deliver: (rows, last) =>
        outlet.sent({
          type: "rows",
          stream,
          cursor: `${last.lease}.${last.seq}`,
          items: [...rows],
        }),
      mayRead,
      revoked: () => {
        unsubscribe(stream);
        refuse(stream, "not_found", "task.not_found");
      },
    });
    streams.set(stream, stop);
  }

  return {
    async subscribe(stream, after, userId) {
      unsubscribe(stream);
      if (streams.size >= maxStreams) return refuse(stream, "limit_exceeded", "stream.too_many");
      if (stream.startsWith("workspace:")) return followWorkspace(stream, after, userId);
      return followTask(stream, after, userId);
    },
    unsubscribe,
    end() {
      for (const stream of streams.keys()) unsubscribe(stream);
    },
  };
}

/** `lease.seq`; empty and `0.0` stand before everything because leases start at 1. */
function parseTranscriptCursor(text: string): TranscriptCursor | null {
  if (text === "") return { lease: 0, seq: 0 };
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(text);
  return match ? { lease: Number(match[1]), seq: Number(match[2]) } : null;
}
