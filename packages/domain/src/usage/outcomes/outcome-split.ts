import {
  type OutcomeSplit,
  type Spend,
  type SpendOutcome,
  type SpendShare,
  spendOutcomes,
} from "@headcount/contract/usage/outcome-schemas";
import { formatUsd } from "../money.ts";
import {
  amountOf,
  figureOf,
  type FigureName,
  type FigureSums,
  type Measured,
  nothing,
  sumMeasured,
} from "../query/measures.ts";
import { toTokenCount } from "../token-counts.ts";

/** Every figure that spend shows. */
export const spendFigures = [
  "events",
  "priced_events",
  "unpriced_tokens",
  "tokens",
  "cost_pico",
  "notional_pico",
  "run_ms",
  "tasks",
] as const satisfies readonly FigureName[];

/** Results of a range, be it issues done or pull requests merged, and the sums of all that they took. */
export type ResultSums = { readonly count: number; readonly sums: FigureSums };

/** What came out of a range. */
export type Results = { readonly issuesDone: ResultSums; readonly pullRequestsMerged: ResultSums };

/** Sums of some part of the books by what has come of it, as the API shows them. */
export function outcomeSplit(
  byOutcome: ReadonlyMap<SpendOutcome, FigureSums>,
  { issuesDone, pullRequestsMerged }: Results,
): OutcomeSplit {
  const entries = spendOutcomes.map(
    (outcome) => [outcome, spendOf(measured(byOutcome.get(outcome) ?? {}))] as const,
  );
  return {
    spend: spendOf(sumMeasured([...byOutcome.values()].map(measured))),
    // Every outcome has its entry.
    byOutcome: Object.fromEntries(entries) as Record<SpendOutcome, Spend>,
    issuesDone: {
      count: issuesDone.count,
      whole: spendOf(measured(issuesDone.sums)),
      perIssue: shareOf(issuesDone),
    },
    pullRequestsMerged: {
      count: pullRequestsMerged.count,
      whole: spendOf(measured(pullRequestsMerged.sums)),
      perPullRequest: shareOf(pullRequestsMerged),
    },
  };
}

function spendOf(measured: Measured): Spend {
  return {
    costUsd: moneyOf("cost", measured),
    notionalUsd: moneyOf("notional", measured),
    tokens: toTokenCount(amountOf("tokens", measured)),
    unpricedTokens: toTokenCount(amountOf("unpriced_tokens", measured)),
    runTimeMs: Number(amountOf("run_time", measured)),
    tasks: Number(amountOf("tasks", measured)),
  };
}

/** Null where something was used and none of it has a price. */
function moneyOf(metric: "cost" | "notional", measured: Measured): string | null {
  const figure = figureOf(metric, measured);
  return figure === null ? null : String(figure);
}

/** What one of them took; null where there is none. */
function shareOf({ count, sums }: ResultSums): SpendShare | null {
  if (count === 0) return null;
  const whole = measured(sums);
  const { costUsd, notionalUsd, tasks } = spendOf(whole);
  const share = (metric: "cost" | "notional" | "tokens" | "run_time"): bigint =>
    amountOf(metric, whole) / BigInt(count);
  return {
    costUsd: costUsd === null ? null : formatUsd(share("cost")),
    notionalUsd: notionalUsd === null ? null : formatUsd(share("notional")),
    tokens: toTokenCount(share("tokens")),
    runTimeMs: Number(share("run_time")),
    attempts: Math.round((tasks * 100) / count) / 100,
  };
}

function measured(sums: FigureSums): Measured {
  return { ...nothing, sums };
}
