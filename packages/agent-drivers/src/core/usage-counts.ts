import type { UsageRule } from "./usage-rule.ts";
import type { UsageTotals } from "./types.ts";

/** The classes of tokens of a record, without whose they are. */
export type UsageCounts = Pick<
  UsageTotals,
  "input" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h" | "output" | "reasoning"
>;

export const usageClasses = [
  "input",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
  "output",
  "reasoning",
] as const satisfies readonly (keyof UsageCounts)[];

export const noUsage: UsageCounts = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
};

/** Combines two records class by class. */
export function mapCounts(
  left: UsageCounts,
  right: UsageCounts,
  combine: (left: number, right: number) => number,
): UsageCounts {
  return {
    input: combine(left.input, right.input),
    cacheRead: combine(left.cacheRead, right.cacheRead),
    cacheWrite5m: combine(left.cacheWrite5m, right.cacheWrite5m),
    cacheWrite1h: combine(left.cacheWrite1h, right.cacheWrite1h),
    output: combine(left.output, right.output),
    reasoning: combine(left.reasoning, right.reasoning),
  };
}

export function addCounts(left: UsageCounts, right: UsageCounts): UsageCounts {
  return mapCounts(left, right, (a, b) => a + b);
}

/** May be negative: the caller decides what that means. */
export function subtractCounts(left: UsageCounts, right: UsageCounts): UsageCounts {
  return mapCounts(left, right, (a, b) => a - b);
}

/** The larger of each class: how a record that may only grow takes a new figure. */
export function largerCounts(left: UsageCounts, right: UsageCounts): UsageCounts {
  return mapCounts(left, right, Math.max);
}

export function sumCounts(list: Iterable<UsageCounts>): UsageCounts {
  let total = noUsage;
  for (const counts of list) total = addCounts(total, counts);
  return total;
}

export function isZero(counts: UsageCounts): boolean {
  return usageClasses.every((name) => counts[name] === 0);
}

export function hasNegative(counts: UsageCounts): boolean {
  return usageClasses.some((name) => counts[name] < 0);
}

export function equalCounts(left: UsageCounts, right: UsageCounts): boolean {
  return usageClasses.every((name) => left[name] === right[name]);
}

/** True when both agree on everything that was sent to the model. */
export function equalInputs(left: UsageCounts, right: UsageCounts): boolean {
  return (
    left.input === right.input &&
    left.cacheRead === right.cacheRead &&
    left.cacheWrite5m + left.cacheWrite1h === right.cacheWrite5m + right.cacheWrite1h
  );
}

/**
 * Makes a CLI's own figures disjoint: `input` loses the cached classes it contains, `output`
 * gains reasoning where the CLI counts it apart. Nothing ever falls below zero.
 */
export function disjointCounts(
  raw: UsageCounts,
  rule: Pick<UsageRule, "inputIncludes" | "outputExcludesReasoning">,
): UsageCounts {
  const read = rule.inputIncludes.includes("cacheRead") ? raw.cacheRead : 0;
  const written = rule.inputIncludes.includes("cacheWrite")
    ? raw.cacheWrite5m + raw.cacheWrite1h
    : 0;
  const output = rule.outputExcludesReasoning ? raw.output + raw.reasoning : raw.output;
  return mapCounts({ ...raw, input: raw.input - read - written, output }, noUsage, (value) =>
    Math.max(0, value),
  );
}
