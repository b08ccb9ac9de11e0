import type { RunawayKind } from "@headcount/contract/runaway/words";
import { amountText } from "../budgets/describe-standing.ts";
import type { RestartFinding } from "./judge-restarts.ts";
import type { VelocityFinding } from "./judge-velocity.ts";

/** The same step again and again inside of one run. */
export type RepetitionFinding = { readonly tool: string; readonly times: number };

export type RunawayFinding =
  | { readonly kind: "velocity"; readonly velocity: VelocityFinding }
  | RestartFinding
  | { readonly kind: "loop"; readonly repetition: RepetitionFinding };

/** Equal calls of one tool within the window of a storm that no run needs. */
export const mostEqualCalls = 30;

export type RunawayDescription = {
  readonly kind: RunawayKind;
  /** One English sentence. */
  readonly detail: string;
  /** Amounts as decimal strings in the smallest unit: pico-dollars, tokens. */
  readonly facts: Readonly<Record<string, string | number | null>>;
};

/** What the guard has seen, for people and for clients that speak their own language. */
export function describeRunaway(agentName: string, finding: RunawayFinding): RunawayDescription {
  if (finding.kind === "velocity") return describeVelocity(agentName, finding.velocity);
  if (finding.kind === "trigger_storm") {
    const where = finding.onOneIssue ? "on one issue " : "without a person ";
    const detail = `${agentName} was started ${finding.tasks} times ${where}within ten minutes.`;
    const facts = {
      agent: agentName,
      tasks: finding.tasks,
      onOneIssue: Number(finding.onOneIssue),
    };
    return { kind: "trigger_storm", detail, facts };
  }
  if ("runs" in finding) {
    const detail = `The last ${finding.runs} runs of ${agentName} on one issue ended without any effect.`;
    return { kind: "loop", detail, facts: { agent: agentName, runs: finding.runs } };
  }
  const { tool, times } = finding.repetition;
  const detail = `${agentName} called ${tool} ${times} times with the same input within ten minutes.`;
  return { kind: "loop", detail, facts: { agent: agentName, tool, times } };
}

function describeVelocity(agentName: string, finding: VelocityFinding): RunawayDescription {
  const { measure, recent, usual } = finding;
  const unit = measure === "costPico" ? ("billed_usd" as const) : ("tokens" as const);
  const usually =
    usual === null
      ? "and is too new to tell whether it needs that"
      : `where it rarely exceeds ${amountText(unit, usual)}`;
  const detail = `${agentName} used ${amountText(unit, recent)} within a quarter of an hour, ${usually}.`;
  const facts = {
    agent: agentName,
    measure: measure === "costPico" ? "cost" : "tokens",
    recent: recent.toString(),
    usual: usual?.toString() ?? null,
  };
  return { kind: "velocity", detail, facts };
}
