import type { TaskOutcome } from "@headcount/contract/tasks/states";

/** What is known about a run when it ends. */
export type OutcomeFacts = {
  readonly status: "completed" | "failed" | "cancelled";
  /** Final answer of the agent. */
  readonly answer: string;
  readonly wroteComment: boolean;
  /** Any other effect on the workspace that is on record, e.g. a status change or a created issue. */
  readonly recordedEffect: boolean;
  /** The agent ended its run with a question to a person. */
  readonly askedQuestion: boolean;
};

/** What a run achieved. A completed run that produced nothing is `no_response`, not a success. */
export function outcomeOf(facts: OutcomeFacts): TaskOutcome {
  if (facts.status !== "completed") return facts.status;
  if (facts.askedQuestion) return "needs_input";
  const produced = facts.wroteComment || facts.recordedEffect || facts.answer.trim() !== "";
  return produced ? "done" : "no_response";
}
