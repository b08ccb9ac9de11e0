/** How often work of an agent started within {@link stormWindowMs}. */
export type RestartFacts = {
  /** Tasks on one issue, whoever started them. */
  readonly onOneIssue: number;
  /** Tasks on all issues that no person started. */
  readonly startedByNobody: number;
  /**
   * Runs on that issue, the latest first, that ended within {@link loopWindowMs} and that no person
   * started: whether each had an effect.
   */
  readonly hadEffect: readonly boolean[];
};

export type RestartFinding =
  | { readonly kind: "trigger_storm"; readonly tasks: number; readonly onOneIssue: boolean }
  | { readonly kind: "loop"; readonly runs: number };

export const stormWindowMs = 10 * 60_000;
export const loopWindowMs = 2 * 60 * 60_000;
const stormOnOneIssue = 12;
const stormOnAll = 60;
/** Runs in a row that achieve nothing. */
export const runsInVain = 6;

/** Whether an agent is started over and over, or starts over without getting anywhere. */
export function judgeRestarts(facts: RestartFacts): RestartFinding | null {
  if (facts.onOneIssue >= stormOnOneIssue) {
    return { kind: "trigger_storm", tasks: facts.onOneIssue, onOneIssue: true };
  }
  if (facts.startedByNobody >= stormOnAll) {
    return { kind: "trigger_storm", tasks: facts.startedByNobody, onOneIssue: false };
  }
  const firstEffect = facts.hadEffect.indexOf(true);
  const inVain = firstEffect === -1 ? facts.hadEffect.length : firstEffect;
  return inVain >= runsInVain ? { kind: "loop", runs: inVain } : null;
}
