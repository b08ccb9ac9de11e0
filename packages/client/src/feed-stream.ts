import type { ChangeItem } from "@headcount/contract/realtime/changes";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";

/** What a reader of one stream is told. Calls come in the order of the server's log. */
export type StreamListener = {
  /** Changes of a workspace, at most one per entity (the newest, with all changed fields). */
  readonly onChanges?: (items: readonly ChangeItem[], cursor: string) => void;
  /** New transcript rows of a task. */
  readonly onRows?: (items: readonly TranscriptRow[], cursor: string) => void;
  /** The gap cannot be filled: reload what is shown; the stream goes on from `cursor`. */
  readonly onSnapshotRequired?: (reason: string, cursor: string) => void;
  /** The stream has ended: the reader may not see it (any more) or it does not exist. */
  readonly onEnded?: (code: string, reason: string) => void;
};

/** One subscription with its place in the log, whatever the transport. */
export class FeedStream {
  readonly name: string;
  readonly listener: StreamListener;
  /** Last place that was received; a subscription goes on from here. */
  cursor: string;
  /** Whether the present socket has confirmed it. */
  confirmed = false;
  /** Changes still to come before it is live. */
  remaining = 0;
  ended = false;
  #pending: ChangeItem[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  readonly #mergeMs: number;

  constructor(name: string, after: string, listener: StreamListener, mergeMs: number) {
    this.name = name;
    this.cursor = after;
    this.listener = listener;
    this.#mergeMs = mergeMs;
  }

  /** Takes changes up to `to`; what was already seen on another transport is left out. */
  takeChanges(items: readonly ChangeItem[], to: string, remaining: number): void {
    const seen = Number(this.cursor);
    this.remaining = remaining;
    if (Number(to) <= seen) return;
    this.cursor = to;
    this.#pending.push(...items.filter((item) => item.seq > seen));
    if (this.#pending.length > 0)
      this.#flushTimer ??= setTimeout(() => this.flush(), this.#mergeMs);
  }

  takeRows(items: readonly TranscriptRow[], cursor: string): void {
    const fresh = items.filter((row) => comparePlaces(placeOf(row), this.cursor) > 0);
    if (comparePlaces(cursor, this.cursor) > 0) this.cursor = cursor;
    if (fresh.length > 0) this.listener.onRows?.(fresh, this.cursor);
  }

  takeSnapshot(reason: string, cursor: string): void {
    this.dropPending();
    this.cursor = cursor;
    this.remaining = 0;
    this.listener.onSnapshotRequired?.(reason, cursor);
  }

  end(code: string, reason: string): void {
    if (this.ended) return;
    this.flush();
    this.ended = true;
    this.listener.onEnded?.(code, reason);
  }

  /** Hands over what was collected during the merge window. */
  flush(): void {
    const items = mergePerEntity(this.#pending);
    this.dropPending();
    if (items.length > 0) this.listener.onChanges?.(items, this.cursor);
  }

  dropPending(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    this.#pending = [];
  }
}

/** Keeps the newest change of each (entity, type) in the log's order, with the union of changed fields. */
export function mergePerEntity(items: readonly ChangeItem[]): readonly ChangeItem[] {
  const merged = new Map<string, ChangeItem>();
  for (const item of items) {
    const key = `${item.entity.kind} ${item.entity.id} ${item.type}`;
    const before = merged.get(key);
    merged.delete(key);
    const changed = before === undefined ? item.changed : union(before.changed, item.changed);
    merged.set(key, { ...item, changed });
  }
  return [...merged.values()];
}

function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])];
}

const placeOf = (row: TranscriptRow): string => `${row.lease}.${row.seq}`;

/** Compares two places of a transcript, `lease.seq`. A missing place comes before all others. */
function comparePlaces(left: string, right: string): number {
  const [leftLease = 0, leftSeq = -1] = numbersOf(left);
  const [rightLease = 0, rightSeq = -1] = numbersOf(right);
  return leftLease - rightLease || leftSeq - rightSeq;
}

function numbersOf(place: string): readonly number[] {
  return place === "" ? [] : place.split(".").map(Number);
}
