import type { Activity, Comment, TimelineEntry } from "@headcount/contract/issues/schemas";

/** A root comment with its replies in order of time. */
export type Thread = {
  readonly type: "thread";
  readonly at: string;
  readonly root: Comment;
  readonly replies: readonly Comment[];
};

/** Things that happened one after the other without a comment between them. */
export type Happenings = {
  readonly type: "happenings";
  readonly at: string;
  readonly items: readonly Activity[];
};

export type TimelineBlock = Thread | Happenings;

/**
 * Turns entries in order of time into blocks: replies join their thread at the place of its root,
 * neighbouring activity becomes one block. A reply whose root is on an older page stands alone.
 */
export function threadsOf(entries: readonly TimelineEntry[]): readonly TimelineBlock[] {
  const blocks: (TimelineBlock & { replies?: Comment[]; items?: Activity[] })[] = [];
  const threads = new Map<string, Comment[]>();
  let last: Activity[] | null = null;
  for (const entry of entries) {
    if (entry.type === "activity") {
      if (last === null) {
        last = [];
        blocks.push({ type: "happenings", at: entry.at, items: last });
      }
      last.push(entry.activity);
      continue;
    }
    const { comment } = entry;
    const thread = comment.parentId === null ? undefined : threads.get(comment.threadId);
    if (thread !== undefined) {
      thread.push(comment);
      continue;
    }
    last = null;
    const replies: Comment[] = [];
    threads.set(comment.threadId, replies);
    blocks.push({ type: "thread", at: entry.at, root: comment, replies });
  }
  return blocks;
}
