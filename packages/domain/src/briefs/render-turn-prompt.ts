import type { FailureReason, TaskKind } from "@headcount/contract/tasks/states";
import { authorLabel, quoteText, type QuotedAuthor, visibleLine } from "./quote-text.ts";

/** A comment as the prompt shows it. */
export type PromptComment = {
  readonly id: string;
  readonly author: QuotedAuthor;
  readonly body: string;
  /** Root of its thread; its own id for a top-level comment. Replies go there. */
  readonly threadId: string;
};

export type TurnPromptInput = {
  readonly kind: TaskKind;
  readonly issue: { readonly key: string; readonly title: string };
  /** Person or agent that caused the run. */
  readonly initiator: QuotedAuthor;
  /** What the one who assigned the issue wants said to this run only. */
  readonly handoffNote: string;
  /** Newest comment to answer; null for runs that no comment caused. */
  readonly trigger: PromptComment | null;
  /** Earlier comments that no run has answered yet, oldest first. */
  readonly planned: readonly PromptComment[];
  /** Set when this run repeats a failed one. */
  readonly retry: { readonly attempt: number; readonly failedWith: FailureReason } | null;
  /** Whether the run continues the session of the attempt or run before it. */
  readonly resumed: boolean;
};

/** The text of one run: what happened, and what is asked now. Everything that varies stands here. */
export function renderTurnPrompt(input: TurnPromptInput): string {
  const parts = [
    opening(input),
    retryNotice(input),
    handoff(input),
    comments(input),
    closing(input),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function opening(input: TurnPromptInput): string {
  const { key, title } = input.issue;
  const issue = `${key} ("${visibleLine(title).replaceAll('"', "'")}")`;
  const who = authorLabel(input.initiator);
  if (input.trigger !== null) {
    const again = input.kind === "rerun" ? " The run for it is repeated on request." : "";
    return `You were addressed on issue ${issue}.${again}`;
  }
  switch (input.kind) {
    case "rerun":
      return `Issue ${issue} is assigned to you. ${capital(who)} asked for another run of it.`;
    case "doctor":
      return `Issue ${issue} checks that this installation works. Do what it asks, briefly.`;
    case "assignment":
    case "comment":
    case "fallback":
      return `Issue ${issue} was assigned to you by ${who}.`;
  }
}

function retryNotice({ retry, resumed, issue }: TurnPromptInput): string {
  if (retry === null) return "";
  const memory = resumed
    ? "Your session continues where it broke off."
    : `Look at \`headcount issue comment list ${issue.key}\`, your directory and your branch for what that attempt has already done.`;
  return `This is attempt ${retry.attempt}: the one before ended with \`${retry.failedWith}\`. ${memory} Do not repeat finished steps.`;
}

function handoff({ handoffNote, initiator }: TurnPromptInput): string {
  if (handoffNote.trim() === "") return "";
  return `Note from ${authorLabel(initiator)} for this run:\n${quoteText(handoffNote)}`;
}

function comments({ trigger, planned }: TurnPromptInput): string {
  if (trigger === null && planned.length === 0) return "";
  const earlier = planned.map((comment) =>
    commentBlock("Earlier comment, not answered yet", comment),
  );
  const newest = trigger === null ? [] : [commentBlock("Comment to answer", trigger)];
  return [...earlier, ...newest].join("\n\n");
}

function commentBlock(what: string, comment: PromptComment): string {
  return `${what}, id ${comment.id}, by ${authorLabel(comment.author)}:\n${quoteText(comment.body)}`;
}

function closing(input: TurnPromptInput): string {
  const { key } = input.issue;
  if (input.trigger === null && input.planned.length === 0) {
    return `Read the issue with \`headcount issue get ${key}\` and do what it asks.`;
  }
  const threads = threadsOf(input);
  const replies = threads.map(
    (threadId) =>
      `\`headcount issue comment add ${key} --parent ${threadId} --content-file reply.md\``,
  );
  if (replies.length === 1) {
    return `Do what is asked, then answer in the thread: ${replies[0]}`;
  }
  return [
    "Do what is asked, then answer once in each thread:",
    ...replies.map((reply) => `- ${reply}`),
  ].join("\n");
}

function threadsOf({ trigger, planned }: TurnPromptInput): readonly string[] {
  const all = trigger === null ? planned : [...planned, trigger];
  return [...new Set(all.map((comment) => comment.threadId))];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
