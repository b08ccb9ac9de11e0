import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import type { Database } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { Signals } from "./signals.ts";
import { mergeChanges } from "./merge-changes.ts";
import { toldOf } from "./told-of.ts";
import { type ChangePage, readChanges } from "./visibility.ts";
import { pause } from "../platform/pause.ts";

export type FeedPage = {
  readonly from: number;
  readonly to: number;
  readonly items: readonly ChangeItem[];
  readonly remaining: number;
};

export type FeedSubscriber = {
  readonly userId: UserId;
  /** Called in order; `remaining` is above zero while the subscriber is catching up. */
  readonly deliver: (page: FeedPage) => void;
  readonly snapshotRequired: (
    reason: "cursor_too_old" | "backlog_too_large",
    cursor: number,
  ) => void;
  /** Membership ended; nothing more is delivered. */
  readonly revoked: () => void;
};

export type WorkspaceFeed = {
  subscribe(workspaceId: WorkspaceId, after: number, subscriber: FeedSubscriber): () => void;
  /** One page for a poller, with the socket's rules. */
  read(
    workspaceId: WorkspaceId,
    after: number,
    userId: UserId,
  ): Promise<FeedPage & { snapshotRequired: string | null }>;
  /** Resolves when the workspace may have changed, after `timeoutMs` at the latest. */
  waitForChange(workspaceId: WorkspaceId, timeoutMs: number): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
};

const pageSize = 500;
/** A backlog above this is cheaper to load afresh. */
const maxBacklog = 5_000;
const pollMs = 2_000;

type Subscription = FeedSubscriber & { cursor: number; ended: boolean };

/**
 * Tails the change log of every workspace that somebody watches. One reader per workspace serves
 * all of its subscribers; each delivery is checked against the recipient's rights in the same
 * snapshot as the rows.
 */
export function createWorkspaceFeed(parts: {
  database: Database;
  signals: Signals;
  log: Log;
}): WorkspaceFeed {
  const watched = new Map<WorkspaceId, Set<Subscription>>();
  const reading = new Map<WorkspaceId, Promise<void>>();
  const dirty = new Set<WorkspaceId>();

  const ring = (workspaceId: WorkspaceId): void => {
    if (!watched.has(workspaceId)) return;
    dirty.add(workspaceId);
    if (reading.has(workspaceId)) return;
    const work = drain(workspaceId)
      .catch((error: unknown) => parts.log.warn({ err: error }, "could not read the change log"))
      .finally(() => reading.delete(workspaceId));
    reading.set(workspaceId, work);
  };

  const drain = async (workspaceId: WorkspaceId): Promise<void> => {
    while (dirty.delete(workspaceId)) {
      const subscriptions = watched.get(workspaceId);
      if (!subscriptions || subscriptions.size === 0) return;
      if (await advance(parts.database, workspaceId, subscriptions)) dirty.add(workspaceId);
    }
  };

  return {
    subscribe(workspaceId, after, subscriber) {
      const subscription: Subscription = { ...subscriber, cursor: after, ended: false };
      const group = watched.get(workspaceId) ?? new Set();
      group.add(subscription);
      watched.set(workspaceId, group);
      ring(workspaceId);
      return () => {
        subscription.ended = true;
        group.delete(subscription);
        if (group.size === 0) watched.delete(workspaceId);
      };
    },
    async read(workspaceId, after, userId) {
      const page = await readChanges(parts.database, workspaceId, after, pageSize);
      const refusal = snapshotReason(page, after);
      const from = after;
      if (refusal)
        return { from, to: page.newest, items: [], remaining: 0, snapshotRequired: refusal };
      return { ...toFeedPage(page, after, userId), snapshotRequired: null };
    },
    waitForChange(workspaceId, timeoutMs) {
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          off();
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        const off = parts.signals.on((signal) => {
          if (signal.topic === "changes" && signal.workspaceId === workspaceId) done();
        });
      });
    },
    async run(stop) {
      const off = parts.signals.on((signal) => {
        if (signal.topic === "changes") ring(signal.workspaceId as WorkspaceId);
      });
      while (!stop.aborted) {
        await pause(pollMs, stop);
        for (const workspaceId of watched.keys()) ring(workspaceId);
      }
      off();
    },
  };
}

/** Moves every subscription forward by at most one page. @returns whether more rows are waiting */
async function advance(
  database: Database,
  workspaceId: WorkspaceId,
  subscriptions: ReadonlySet<Subscription>,
): Promise<boolean> {
  const lowest = Math.min(...[...subscriptions].map((subscription) => subscription.cursor));
  const page = await readChanges(database, workspaceId, lowest, pageSize);
  let more = false;
  for (const subscription of subscriptions) {
    if (subscription.ended) continue;
    more = advanceOne(page, subscription) || more;
  }
  return more;
}

function advanceOne(page: ChangePage, subscription: Subscription): boolean {
  if (!page.visibility.roles.has(subscription.userId)) {
    subscription.ended = true;
    subscription.revoked();
    return false;
  }
  const refusal = snapshotReason(page, subscription.cursor);
  if (refusal) {
    subscription.cursor = page.newest;
    subscription.snapshotRequired(refusal, page.newest);
    return false;
  }
  const feedPage = toFeedPage(page, subscription.cursor, subscription.userId);
  if (feedPage.to > subscription.cursor) {
    subscription.cursor = feedPage.to;
    subscription.deliver(feedPage);
  }
  return page.newest > subscription.cursor;
}

function snapshotReason(
  page: ChangePage,
  after: number,
): "cursor_too_old" | "backlog_too_large" | null {
  if (after > page.newest) return "cursor_too_old";
  if (page.newest - after > maxBacklog) return "backlog_too_large";
  if (after < page.newest && (page.oldest === null || page.oldest > after + 1))
    return "cursor_too_old";
  return null;
}

/** Withheld rows still move the cursor, so that nothing can be told from gaps. */
function toFeedPage(page: ChangePage, after: number, userId: UserId): FeedPage {
  const mine = page.items.flatMap((item) => (item.seq > after ? toldOf(item, userId, page) : []));
  const to = Math.max(after, page.items.at(-1)?.seq ?? page.newest);
  return {
    from: after,
    to,
    items: mergeChanges(mine),
    remaining: Math.max(0, page.newest - to),
  };
}
