/** What an agent used within a quarter of an hour. */
export type QuarterSpend = {
  /** Billed and notional cost, pico-dollars. */
  readonly costPico: bigint;
  /** Tokens that are worked on: all classes but cache reads, which come with every call. */
  readonly tokens: bigint;
};

export type VelocityFacts = {
  /** The fullest of the quarters that are looked at now. */
  readonly recent: QuarterSpend;
  /** Earlier quarters in which the agent used anything, in any order. */
  readonly history: readonly QuarterSpend[];
  /** How many times its usual spend is far above it. */
  readonly factor: number;
};

export type VelocityFinding = {
  readonly measure: keyof QuarterSpend;
  readonly recent: bigint;
  /** What the agent rarely exceeds in a quarter; null while it is too new to tell. */
  readonly usual: bigint | null;
};

/** Less than this within a quarter of an hour is nobody's alarm. */
const floor: QuarterSpend = { costPico: 5_000_000_000_000n, tokens: 2_000_000n };
/** What a new agent may use, of which no habit is known. */
const newcomerLimit: QuarterSpend = { costPico: 25_000_000_000_000n, tokens: 10_000_000n };
/** Quarters of work from which on an agent has habits. */
export const habitQuarters = 8;

/**
 * Whether an agent spends far more than it ever does: more than `factor` times what it exceeds in
 * only one of twenty quarters in which it works. Null when it does not.
 */
export function judgeVelocity(facts: VelocityFacts): VelocityFinding | null {
  return judgeMeasure(facts, "costPico") ?? judgeMeasure(facts, "tokens");
}

/** Whether it is worth looking at an agent's history. */
export function isNotable(recent: QuarterSpend): boolean {
  return recent.costPico >= floor.costPico || recent.tokens >= floor.tokens;
}

function judgeMeasure(facts: VelocityFacts, measure: keyof QuarterSpend): VelocityFinding | null {
  const recent = facts.recent[measure];
  const active = facts.history.map((quarter) => quarter[measure]).filter((amount) => amount > 0n);
  if (active.length < habitQuarters) {
    return recent >= newcomerLimit[measure] ? { measure, recent, usual: null } : null;
  }
  const usual = rarelyExceeded(active);
  const isFarAbove = recent >= usual * BigInt(facts.factor) && recent >= floor[measure];
  return isFarAbove ? { measure, recent, usual } : null;
}

/** The 95th percentile. */
function rarelyExceeded(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0n;
}
