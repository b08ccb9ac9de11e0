import { providerNotice } from "./provider-notice.ts";
import type { AgentFailure } from "./text-classification.ts";

export type FinalCommentFacts = {
  /** Whether the run was caused by a comment, whose thread the answer joins. */
  readonly triggeredByComment: boolean;
  /** Whether the agent commented on the issue during the run. */
  readonly wroteComment: boolean;
  /** Final answer, already redacted. */
  readonly answer: string;
  /** Where the whole text can be read. */
  readonly transcriptUrl: string;
};

export type FinalCommentDecision =
  | { readonly post: true; readonly body: string }
  | { readonly post: false; readonly reason: "agent_commented" | "empty" | "trivial" }
  /** The answer is a provider's notice: the run failed with this reason. */
  | { readonly post: false; readonly reason: "provider_notice"; readonly failure: AgentFailure };

/** Longest answer that is posted as it stands, in UTF-16 units. */
export const longestFinalComment = 8_000;

/** Answers that add nothing under the comment they answer. */
const trivial =
  /^(?:(?:all )?(?:done|ok(?:ay)?|finished|completed?|task (?:is )?(?:done|complete(?:d)?)|success|acknowledged|understood|noted|no changes?(?: needed)?|nothing to do)|完成|已完成|好的|收到)[\s.!。！✅👍]*$/iu;

/** What the platform posts for a completed run whose agent may not have commented itself. */
export function finalComment(facts: FinalCommentFacts): FinalCommentDecision {
  const failure = providerNotice(facts.answer);
  if (failure !== null) return { post: false, reason: "provider_notice", failure };
  if (facts.wroteComment) return { post: false, reason: "agent_commented" };
  const answer = facts.answer.trim();
  if (answer === "") return { post: false, reason: "empty" };
  if (facts.triggeredByComment && trivial.test(answer)) return { post: false, reason: "trivial" };
  if (answer.length <= longestFinalComment) return { post: true, body: answer };
  const length = answer.length.toLocaleString("en-US");
  return {
    post: true,
    body: `The answer is ${length} characters long and is kept in the [transcript](${facts.transcriptUrl}).`,
  };
}
