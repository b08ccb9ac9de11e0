import type { CommentId } from "@headcount/contract/kit/ids";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import type { Attribution } from "./attribution.ts";
import { occupiesCapacity } from "./task-can.ts";

/** The unfinished task of the slot that a new comment could join. */
export type SlotTask = {
  readonly status: TaskStatus;
  readonly triggerCommentId: CommentId | null;
  readonly plannedCommentIds: readonly CommentId[];
  readonly triggerSummary: string;
  readonly attribution: Attribution;
};

/** A comment that would have started a task of its own. */
export type IncomingTrigger = {
  readonly commentId: CommentId;
  readonly summary: string;
  readonly attribution: Attribution;
  /** Whether the person behind the comment may give this agent work. */
  readonly mayInvoke: boolean;
};

export type CoalescingDecision =
  /** Nothing to join: a task of its own is inserted. */
  | { readonly merge: "none" }
  /** The comment becomes the trigger of the queued task; every field below replaces the stored one. */
  | {
      readonly merge: "restamp";
      readonly triggerCommentId: CommentId;
      readonly plannedCommentIds: readonly CommentId[];
      readonly triggerSummary: string;
      readonly attribution: Attribution;
    }
  /** A run is already under way: the comment is remembered for the follow-up and changes nothing else. */
  | { readonly merge: "planned"; readonly plannedCommentIds: readonly CommentId[] }
  /** Its author may not give this agent work; the waiting task keeps its own author. */
  | { readonly merge: "refused"; readonly reason: "agent_not_available" };

/**
 * Decides how a new comment joins the slot's task. A merged comment brings its whole attribution:
 * no task ever runs on one person's words with another's rights.
 */
export function coalesce(pending: SlotTask | null, incoming: IncomingTrigger): CoalescingDecision {
  if (!incoming.mayInvoke) return { merge: "refused", reason: "agent_not_available" };
  if (pending === null) return { merge: "none" };
  if (pending.status === "queued") {
    return {
      merge: "restamp",
      triggerCommentId: incoming.commentId,
      plannedCommentIds: withoutTrigger(pending, incoming.commentId),
      triggerSummary: incoming.summary,
      attribution: incoming.attribution,
    };
  }
  if (!occupiesCapacity(pending.status)) return { merge: "none" };
  return { merge: "planned", plannedCommentIds: withComment(pending, incoming.commentId) };
}

function withoutTrigger(pending: SlotTask, newTrigger: CommentId): readonly CommentId[] {
  const earlier =
    pending.triggerCommentId === null
      ? pending.plannedCommentIds
      : [...pending.plannedCommentIds, pending.triggerCommentId];
  return [...new Set(earlier)].filter((id) => id !== newTrigger);
}

function withComment(pending: SlotTask, commentId: CommentId): readonly CommentId[] {
  if (commentId === pending.triggerCommentId) return pending.plannedCommentIds;
  return [...new Set([...pending.plannedCommentIds, commentId])];
}

/** Longest summary of a trigger that a task stores, in UTF-16 units. */
export const triggerSummaryLength = 200;

/** One line of at most 200 characters that says what a comment asks for; never cuts a character in two. */
export function triggerSummary(body: string): string {
  const line = body.replace(/\s+/gu, " ").trim();
  if (line.length <= triggerSummaryLength) return line;
  const cut = line.slice(0, triggerSummaryLength - 1);
  return `${cut.toWellFormed() === cut ? cut : cut.slice(0, -1)}…`;
}
