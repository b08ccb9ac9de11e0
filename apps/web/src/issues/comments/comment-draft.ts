import { z } from "zod";

const Draft = z.object({
  typed: z.string(),
  picked: z.array(
    z.object({ type: z.enum(["agent", "member"]), id: z.string(), name: z.string() }),
  ),
});
export type CommentDraft = z.infer<typeof Draft>;

const empty: CommentDraft = { typed: "", picked: [] };

/** An unsent comment, kept in this browser per issue and thread. */
export function loadCommentDraft(place: string): CommentDraft {
  const stored = localStorage.getItem(keyOf(place));
  if (stored === null) return empty;
  try {
    return Draft.parse(JSON.parse(stored));
  } catch {
    // Written by another version: nothing to restore.
    return empty;
  }
}

/** What is left to be sent once `sent` was: whatever has been typed behind it meanwhile. */
export function unsentOf(now: CommentDraft, sent: CommentDraft): CommentDraft {
  if (!now.typed.startsWith(sent.typed)) return now;
  const typed = now.typed.slice(sent.typed.length).trimStart();
  return typed === "" ? empty : { ...now, typed };
}

export function storeCommentDraft(place: string, draft: CommentDraft): void {
  if (draft.typed.trim() === "") localStorage.removeItem(keyOf(place));
  else localStorage.setItem(keyOf(place), JSON.stringify(draft));
}

function keyOf(place: string): string {
  return `headcount.comment.${place}`;
}
