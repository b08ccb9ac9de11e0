import type {
  CostEstimate,
  EstimateReason,
  RunTimeEstimate,
  TokensEstimate,
  UsageEstimateReply,
} from "@headcount/contract/usage/estimate-schemas";
import { formatUsd } from "../money.ts";
import { toTokenCount } from "../token-counts.ts";
import { calibrate, type FinishedFigure, usualRange } from "./usual-range.ts";

/** A task of an agent that has completed or failed, with what it used. */
export type FinishedTask = {
  readonly queuedAtMs: number;
  readonly endedAtMs: number;
  /** Null where its CLI tells nothing of what it used. */
  readonly used: {
    readonly costPico: bigint;
    readonly notionalPico: bigint;
    readonly tokens: bigint;
    readonly unpricedTokens: bigint;
  } | null;
  readonly runMs: bigint;
};

type Figures = Pick<UsageEstimateReply, "cost" | "notional" | "tokens" | "runTimeMs">;
type Estimate<Value> = {
  readonly usual: { readonly low: Value; readonly median: Value; readonly high: Value } | null;
  readonly reason: EstimateReason | null;
  readonly calibration: { inside: number; of: number } | null;
};

/**
 * What one more task of the kind usually uses.
 * @param tasks the newest first
 */
export function estimateTask(tasks: readonly FinishedTask[]): Figures {
  const figures = (of: (task: FinishedTask) => bigint | null): readonly FinishedFigure[] =>
    tasks.map((task) => ({
      queuedAtMs: task.queuedAtMs,
      endedAtMs: task.endedAtMs,
      amount: of(task),
    }));
  const money = (of: "costPico" | "notionalPico"): CostEstimate =>
    moneyEstimate(
      figures(({ used }) => (used === null || used.unpricedTokens > 0n ? null : used[of])),
      tasks.some(({ used }) => used !== null && used.unpricedTokens > 0n),
    );
  const tokens: TokensEstimate = shown(
    figures(({ used }) => used?.tokens ?? null),
    toTokenCount,
  );
  const runTimeMs: RunTimeEstimate = shown(
    figures((task) => task.runMs),
    Number,
  );
  return { cost: money("costPico"), notional: money("notionalPico"), tokens, runTimeMs };
}

/** Money that none of the tasks cost is no estimate of zero: it is paid in another way. */
function moneyEstimate(figures: readonly FinishedFigure[], hasUnpriced: boolean): CostEstimate {
  const estimate = shown(figures, formatUsd);
  if (estimate.usual === null) return hasUnpriced ? { ...estimate, reason: "unpriced" } : estimate;
  if (figures.some(({ amount }) => amount !== null && amount !== 0n)) return estimate;
  return { usual: null, reason: "not_used", calibration: null };
}

function shown<Value>(
  figures: readonly FinishedFigure[],
  show: (amount: bigint) => Value,
): Estimate<Value> {
  const known = figures.flatMap((figure) =>
    figure.amount === null ? [] : [{ ...figure, amount: figure.amount }],
  );
  const range = usualRange(known.map(({ amount }) => amount));
  if (range === null) return { usual: null, reason: "too_few_tasks", calibration: null };
  return {
    usual: { low: show(range.low), median: show(range.median), high: show(range.high) },
    reason: null,
    calibration: calibrate(known),
  };
}
