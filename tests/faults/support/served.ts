import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { Random } from "@headcount/testkit/seeded";

const tokenClasses = ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output"] as const;
type TokenClass = (typeof tokenClasses)[number];

/** Tokens per class. */
export type ServedTokens = Readonly<Record<TokenClass, bigint>>;

const models = [
  { provider: "openai", model: "o3" },
  { provider: "anthropic", model: "claude-sonnet-4-5" },
  // Nobody has a price for it.
  { provider: "acme", model: "in-house-7b" },
] as const;

/**
 * What a model server has served to one run, as the test remembers it, independent of all books:
 * the last figure of every call.
 */
export class Served {
  readonly #latest = new Map<string, UsageRecord>();
  readonly #random: Random;
  #calls = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The agent goes on for a step: a new call, a total that grows, or a figure that is corrected. */
  next(): UsageRecord {
    const known = [...this.#latest.values()];
    const before = known.length > 0 && this.#random.chance(0.5) ? this.#random.pick(known) : null;
    const record = before === null ? this.#newCall() : this.#later(before);
    this.#latest.set(record.key, record);
    return record;
  }

  /** Everything once more, as the CLI's own session file tells it after a crash. */
  sessionFile(): readonly UsageRecord[] {
    return [...this.#latest.values()];
  }

  get tokens(): ServedTokens {
    return sumOf(this.#latest.values());
  }

  get calls(): number {
    return this.#latest.size;
  }

  #newCall(): UsageRecord {
    this.#calls += 1;
    const cumulative = this.#random.chance(0.4);
    return {
      key: `${cumulative ? "total" : "call"}-${this.#calls}`,
      ...this.#random.pick(models),
      role: this.#random.pick(["main", "subagent"]),
      source: "model server",
      cumulative,
      revision: 0,
      ...this.#counts(),
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      atMs: 0,
    };
  }

  #later(before: UsageRecord): UsageRecord {
    const more = this.#counts();
    if (!before.cumulative) return { ...before, ...more, revision: before.revision + 1 };
    const sum = (name: TokenClass): number => before[name] + more[name];
    return {
      ...before,
      input: sum("input"),
      cacheRead: sum("cacheRead"),
      cacheWrite5m: sum("cacheWrite5m"),
      cacheWrite1h: sum("cacheWrite1h"),
      output: sum("output"),
    };
  }

  #counts(): Record<TokenClass, number> {
    return {
      input: 1 + this.#random.below(5_000),
      cacheRead: this.#random.below(50_000),
      cacheWrite5m: this.#random.below(2_000),
      cacheWrite1h: this.#random.below(100),
      output: 1 + this.#random.below(900),
    };
  }
}

function sumOf(records: Iterable<UsageRecord>): ServedTokens {
  const sums: Record<TokenClass, bigint> = {
    input: 0n,
    cacheRead: 0n,
    cacheWrite5m: 0n,
    cacheWrite1h: 0n,
    output: 0n,
  };
  for (const record of records) {
    for (const name of tokenClasses) sums[name] += BigInt(record[name]);
  }
  return sums;
}

/** What several runs were served together. */
export function servedTogether(runs: readonly Served[]): ServedTokens {
  return sumOf(runs.flatMap((run) => run.sessionFile()));
}
