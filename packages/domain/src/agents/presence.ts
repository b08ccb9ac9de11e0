import type { AgentPresence } from "@headcount/contract/agents/schemas";
import type { RuntimeHealth } from "@headcount/contract/runtimes/schemas";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import { occupiesCapacity } from "../tasks/task-can.ts";

export type PresenceFacts = {
  /** Null when the agent is bound to no runtime. */
  readonly runtime: { readonly health: RuntimeHealth; readonly problem: string | null } | null;
  /** Statuses of the agent's unfinished tasks. */
  readonly unfinished: readonly TaskStatus[];
  /** How its latest ended task ended; null before the first. */
  readonly latestEnded: "completed" | "failed" | "cancelled" | null;
};

/** What an agent is doing, computed from its tasks and its runtime and from nothing else. */
export function agentPresence(facts: PresenceFacts): AgentPresence {
  const { runtime } = facts;
  if (runtime === null) return "unbound";
  if (runtime.health === "offline" || runtime.health === "expiring") return "offline";
  if (facts.unfinished.some(occupiesCapacity)) return "working";
  return runtime.problem !== null || facts.latestEnded === "failed" ? "error" : "idle";
}
