import type { AgentReadiness } from "@headcount/contract/agents/schemas";
import type { z } from "zod";
import type { RuntimeHealth } from "@headcount/contract/runtimes/schemas";

/** The runtime an agent is bound to, as readiness sees it. */
export type BoundRuntime = {
  readonly name: string;
  readonly machineName: string;
  readonly ownerName: string;
  /** Shared with the workspace, or owned by the agent's owner. */
  readonly usableByAgent: boolean;
  readonly health: RuntimeHealth;
  readonly problem: string | null;
  readonly problemDetail: string | null;
  readonly repairHint: string | null;
};

export type ReadinessFacts = {
  readonly agentName: string;
  readonly archived: boolean;
  /** By the guard, until a person lets it go on. */
  readonly held: boolean;
  readonly runtime: BoundRuntime | null;
  readonly activeTasks: number;
  readonly maxConcurrentTasks: number;
};

type Verdict = z.infer<typeof AgentReadiness>;

/**
 * Whether work given to an agent now would run at once (`available`), would run later without
 * anybody's help (`waitable`), or needs somebody to repair something first (`blocked`).
 */
export function agentReadiness(facts: ReadinessFacts): Verdict {
  const { runtime, agentName } = facts;
  if (facts.archived) return blocked("agent_archived", `${agentName} is archived. Restore it.`);
  if (runtime === null) {
    return blocked("no_runtime", `${agentName} has no runtime. Choose one in its settings.`);
  }
  if (!runtime.usableByAgent) {
    const owner = runtime.ownerName;
    return blocked(
      "runtime_not_shared",
      `${runtime.name} is private to ${owner}. Ask to share it.`,
    );
  }
  if (runtime.problem !== null) {
    const detail = runtime.problemDetail ?? `${runtime.name} cannot run work.`;
    return blocked("runtime_broken", joined(detail, runtime.repairHint));
  }
  if (facts.held) {
    const until = "the work will wait until a person lets it go on";
    return waitable(
      "held_by_guard",
      `${agentName} is held because it did far more than usual; ${until}.`,
    );
  }
  if (runtime.health !== "online") {
    return waitable("runtime_offline", `${runtime.machineName} is offline; the work will wait.`);
  }
  if (facts.activeTasks >= facts.maxConcurrentTasks) {
    const load = `${facts.activeTasks} of ${facts.maxConcurrentTasks}`;
    return waitable("agent_busy", `${agentName} runs ${load} tasks; the work will wait.`);
  }
  return { verdict: "available", reason: null, detail: null };
}

const blocked = (reason: string, detail: string): Verdict => ({
  verdict: "blocked",
  reason,
  detail,
});

const waitable = (reason: string, detail: string): Verdict => ({
  verdict: "waitable",
  reason,
  detail,
});

const joined = (detail: string, hint: string | null): string =>
  hint === null ? detail : `${detail} ${hint}`;
