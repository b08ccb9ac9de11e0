import type { AgentId } from "@headcount/contract/kit/ids";
import type { Mention } from "./mentions.ts";
import type { Assignee } from "./triggers.ts";

/** Author of a comment, as routing sees one. */
export type CommentAuthor =
  | { readonly type: "member"; readonly id: string }
  | { readonly type: "agent"; readonly id: AgentId }
  | { readonly type: "system" };

/** The thread that a reply joins. */
export type ThreadFacts = {
  /** Author of the comment that is answered directly. */
  readonly parentAuthor: CommentAuthor;
  readonly rootAuthor: CommentAuthor;
  /** Mentions in the root's own words, in order. */
  readonly rootMentions: readonly Mention[];
  /** Authors of the replies so far, oldest first. */
  readonly replyAuthors: readonly CommentAuthor[];
};

export type CommentFacts = {
  readonly author: CommentAuthor;
  readonly body: string;
  /** Mentions in the comment's own words (see `parseMentions`). */
  readonly mentions: readonly Mention[];
  /** Null for a top-level comment. */
  readonly thread: ThreadFacts | null;
  readonly assignee: Assignee | null;
};

/** One agent that a comment wakes. Targets other than single agents may join this union. */
export type RoutedTarget = {
  readonly type: "agent";
  readonly agentId: AgentId;
  /** A fallback waits, and is dropped when the addressed agent answers. */
  readonly when: "now" | "fallback";
};

/** Which row of the routing table decided; shown in previews and asserted in tests. */
export type RoutingRule =
  | "system"
  | "note"
  | "agent_mention"
  | "all_mention"
  | "member_mention"
  | "agent_author"
  | "reply_to_agent"
  | "agent_thread"
  | "other_reply"
  | "assignee";

export type Routing = { readonly rule: RoutingRule; readonly targets: readonly RoutedTarget[] };

/** How long the assignee waits for the agent that a reply addressed. */
export const fallbackDelayMs = 5 * 60_000;

/** Which agents a new comment wakes. The first rule that applies decides alone. */
export function routeComment(comment: CommentFacts): Routing {
  const { author, mentions } = comment;
  if (author.type === "system") return { rule: "system", targets: [] };
  if (/^\s*\/note(?:\s|$)/u.test(comment.body)) return { rule: "note", targets: [] };
  const mentioned = mentions.flatMap((mention) => (mention.type === "agent" ? [mention.id] : []));
  if (mentioned.length > 0) return routed("agent_mention", author, mentioned.map(now));
  if (mentions.some((mention) => mention.type === "all"))
    return { rule: "all_mention", targets: [] };
  if (author.type === "agent") return { rule: "agent_author", targets: [] };
  if (mentions.some((mention) => mention.type === "member")) {
    return { rule: "member_mention", targets: [] };
  }
  if (comment.thread !== null) return routeReply(comment, comment.thread);
  return routed("assignee", author, assigned(comment.assignee).map(now));
}

function routeReply(comment: CommentFacts, thread: ThreadFacts): Routing {
  const { parentAuthor } = thread;
  const fallbacks = assigned(comment.assignee).map(fallback);
  if (parentAuthor.type === "agent") {
    return routed("reply_to_agent", comment.author, [now(parentAuthor.id), ...fallbacks]);
  }
  const owner = threadOwner(thread);
  if (owner === null) return { rule: "other_reply", targets: [] };
  return routed("agent_thread", comment.author, [now(owner), ...fallbacks]);
}

/** The agent a thread belongs to: who opened it, else whom the root addressed, else who replied last. */
export function threadOwner(thread: ThreadFacts): AgentId | null {
  if (thread.rootAuthor.type === "agent") return thread.rootAuthor.id;
  const addressed = thread.rootMentions.find((mention) => mention.type === "agent");
  if (addressed !== undefined) return addressed.id;
  const last = thread.replyAuthors.findLast((author) => author.type === "agent");
  return last?.id ?? null;
}

/** Removes the author and repeated agents; the first place of an agent decides when it wakes. */
function routed(
  rule: RoutingRule,
  author: CommentAuthor,
  targets: readonly RoutedTarget[],
): Routing {
  const unique = new Map<AgentId, RoutedTarget>();
  for (const target of targets) {
    const isAuthor = author.type === "agent" && author.id === target.agentId;
    if (!isAuthor && !unique.has(target.agentId)) unique.set(target.agentId, target);
  }
  return { rule, targets: [...unique.values()] };
}

const now = (agentId: AgentId): RoutedTarget => ({ type: "agent", agentId, when: "now" });
const fallback = (agentId: AgentId): RoutedTarget => ({ type: "agent", agentId, when: "fallback" });

function assigned(assignee: Assignee | null): readonly AgentId[] {
  return assignee?.type === "agent" ? [assignee.id] : [];
}
