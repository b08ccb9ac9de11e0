import type { AgentId, CommentId, IssueId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { type CommentAuthor, routeComment } from "@headcount/domain/issues/comment-routing";
import { parseMentions } from "@headcount/domain/issues/mentions";
import type { Actor, WorkspaceContext } from "../platform/context.ts";
import { type CauseFacts, causeOf } from "./cause-of.ts";
import { dropAnsweredFallbacks } from "./drop-answered-fallbacks.ts";
import type { EnqueueMode } from "./enqueue-request.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { readRoutingFacts } from "./read-routing-facts.ts";

export type CommentTrigger = {
  readonly issueId: IssueId;
  readonly comment: {
    /** Null previews a comment that does not exist yet. */
    readonly id: CommentId | null;
    readonly body: string;
    /** Comment that is answered; null for a top-level comment. */
    readonly parentId: CommentId | null;
  };
  /** Agents that would wake but shall not. */
  readonly suppressAgentIds: readonly string[];
};

/**
 * Whom a comment by the context's actor wakes. `preview` decides the same and writes nothing. Call
 * it after the comment and the issue's counters are written.
 */
export async function planCommentTriggers(
  ctx: WorkspaceContext,
  trigger: CommentTrigger,
  mode: EnqueueMode,
): Promise<TriggerVerdict[]> {
  const author = authorOf(ctx.actor);
  const { attributionFacts } = await causeOf(ctx);
  if (mode === "write" && author.type === "agent") {
    await dropAnsweredFallbacks(ctx, trigger.issueId, author.id);
  }
  return routeAs(ctx, { ...trigger, author, cause: attributionFacts, onlyAgentId: null }, mode);
}

export type RoutedComment = CommentTrigger & {
  readonly author: CommentAuthor;
  readonly cause: CauseFacts;
  /** Considers only this agent, whatever else the comment addresses. */
  readonly onlyAgentId: AgentId | null;
};

/** Routes a comment as its author, who need not be the context's actor. */
export async function routeAs(
  ctx: WorkspaceContext,
  routed: RoutedComment,
  mode: EnqueueMode,
): Promise<TriggerVerdict[]> {
  const { issueId, comment, author, cause, onlyAgentId, suppressAgentIds } = routed;
  const facts = await readRoutingFacts(ctx, issueId, comment.parentId, comment.id);
  const mentions = parseMentions(comment.body);
  const routing = routeComment({ author, body: comment.body, mentions, ...facts });
  const verdicts: TriggerVerdict[] = [];
  const addressed = routing.targets.find((target) => target.when === "now")?.agentId;
  // In one order of agents everywhere, so that two comments cannot wait for one another.
  const targets = routing.targets
    .filter((target) => onlyAgentId === null || target.agentId === onlyAgentId)
    .toSorted((a, b) => (a.agentId < b.agentId ? -1 : 1));
  for (const target of targets) {
    const verdict = await enqueueTask(
      ctx,
      {
        issueId,
        agentId: target.agentId,
        kind: target.when === "fallback" ? "fallback" : "comment",
        trigger: target.when === "fallback" ? "fallback" : "comment",
        comment: { id: comment.id, body: comment.body },
        handoffNote: "",
        attribution: cause,
        suppressed: suppressAgentIds.includes(target.agentId),
        ...(target.when === "fallback" && addressed ? { fallbackFor: addressed } : {}),
      },
      mode,
    );
    verdicts.push(verdict);
  }
  return verdicts;
}

function authorOf(actor: Actor): CommentAuthor {
  if (actor.kind === "member") return { type: "member", id: actor.userId };
  if (actor.kind === "agent") return { type: "agent", id: actor.agentId };
  return { type: "system" };
}
