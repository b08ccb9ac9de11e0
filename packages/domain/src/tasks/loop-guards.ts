/** Limits of one workspace, as its settings hold them. */
export type GuardLimits = {
  readonly maxHops: number;
  readonly maxTasksPerIssuePerHour: number;
  readonly maxAgentTasksPerOriginatorPerHour: number;
};

export type GuardFacts = {
  /** A person assigned, commented or asked for the run; such work is counted and never refused. */
  readonly humanTriggered: boolean;
  /** Hop that the new task would have. */
  readonly hop: number;
  /** Tasks that started on the issue within the last hour, of all agents. */
  readonly issueTasksLastHour: number;
  /** Tasks that agents started for the same originator within the last hour. */
  readonly originatorAgentTasksLastHour: number;
};

export type GuardReason = "hop_limit_reached" | "issue_rate_limited" | "originator_rate_limited";

export type GuardVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: GuardReason;
      readonly limit: number;
      /** English text of the one system comment: what stopped, and how to go on. */
      readonly notice: string;
    };

/** The window of the two rate guards. */
export const guardWindowMs = 60 * 60_000;

/** Whether one more task may start, so that agents cannot keep one another busy without end. */
export function checkLoopGuards(facts: GuardFacts, limits: GuardLimits): GuardVerdict {
  if (facts.humanTriggered) return { ok: true };
  if (facts.hop > limits.maxHops) {
    return trip(
      "hop_limit_reached",
      limits.maxHops,
      `Agents have started one another ${times(limits.maxHops)} since a person last took part, so this chain stopped.`,
    );
  }
  if (facts.issueTasksLastHour >= limits.maxTasksPerIssuePerHour) {
    return trip(
      "issue_rate_limited",
      limits.maxTasksPerIssuePerHour,
      `This issue has started ${limits.maxTasksPerIssuePerHour} runs within an hour, so agents may not start more until the hour has passed.`,
    );
  }
  if (facts.originatorAgentTasksLastHour >= limits.maxAgentTasksPerOriginatorPerHour) {
    return trip(
      "originator_rate_limited",
      limits.maxAgentTasksPerOriginatorPerHour,
      `Agents have started ${limits.maxAgentTasksPerOriginatorPerHour} runs for the same person within an hour, so they may not start more until the hour has passed.`,
    );
  }
  return { ok: true };
}

function trip(reason: GuardReason, limit: number, cause: string): GuardVerdict {
  const wayOn = "Press Continue beside this notice, or write a comment, to start a new chain.";
  return { ok: false, reason, limit, notice: `${cause} ${wayOn}` };
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
